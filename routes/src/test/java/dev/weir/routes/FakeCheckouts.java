package dev.weir.routes;

import dev.weir.checkout.Checkouts;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Checkouts that write down what the gateway said. */
final class FakeCheckouts implements Checkouts {
    final List<String> taken = new CopyOnWriteArrayList<>();
    final List<UUID> forgotten = new CopyOnWriteArrayList<>();

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

    @Override
    public void forget(Collection<UUID> orders) {
        forgotten.addAll(orders);
    }
}
