package dev.weir.routes;

import dev.weir.checkout.Checkouts;
import dev.weir.checkout.PaymentResult;
import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Checkouts that write down what the gateway said. */
final class FakeCheckouts implements Checkouts {
    final List<String> taken = new CopyOnWriteArrayList<>();
    final List<UUID> forgotten = new CopyOnWriteArrayList<>();
    final Map<String, Money> refunds = new ConcurrentHashMap<>();
    final AtomicInteger refundsAsked = new AtomicInteger();
    final Queue<PaymentResult> refundTroubles = new ConcurrentLinkedQueue<>();

    @Override
    public Opened open(Request request) {
        return new Opened.GatewayDown("not asked here", Duration.ofSeconds(1));
    }

    @Override
    public Optional<CheckoutView> find(UUID id) {
        return Optional.empty();
    }

    @Override
    public WebhookVerdict verify(String gateway, RawWebhook webhook) {
        return new WebhookVerdict.Forged("not asked here");
    }

    @Override
    public String take(String gateway, RawWebhook webhook) {
        taken.add(gateway + " " + webhook.text());
        return "paid";
    }

    @Override
    public int recover() {
        return 0;
    }

    /** Once for a key; an answer that is not known comes after the act, a failure instead of it. */
    @Override
    public PaymentResult refund(UUID orderId, Money amount, String key) {
        refundsAsked.incrementAndGet();
        PaymentResult trouble = refundTroubles.poll();
        if (trouble != null && trouble.status() == PaymentResult.Status.FAILED) {
            return trouble;
        }
        refunds.putIfAbsent(orderId + "/" + key, amount);
        return trouble == null ? PaymentResult.known(PaymentResult.Status.CANCELLED, "re_" + key, null) : trouble;
    }

    @Override
    public void forget(Collection<UUID> orders) {
        forgotten.addAll(orders);
    }
}
