package dev.weir.checkout;

import dev.weir.checkout.PaymentResult.Status;
import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;

/** A gateway in memory whose answers can be lost, refused or killed. */
final class FakeGateway implements PaymentGateway {
    /** What goes wrong with the next call of a kind. */
    enum Trouble {
        /** Nothing was done, and no answer came. */
        NOT_DONE,
        /** It was done, and no answer came. */
        ANSWER_LOST,
        /** Refused for good. */
        REFUSED
    }

    static final class Payment {
        final String reference = "fake_" + UUID.randomUUID();
        final UUID checkoutId;
        Status status = Status.REQUIRES_PAYMENT;
        final long minor;
        boolean refunded;
        final Map<String, Money> parts = new LinkedHashMap<>();
        int captures;

        Payment(UUID checkoutId, long minor) {
            this.checkoutId = checkoutId;
            this.minor = minor;
        }
    }

    final Map<String, Payment> payments = new LinkedHashMap<>();
    final List<RawWebhook> deliveries = new ArrayList<>();
    final Map<String, Queue<Trouble>> troubles = new HashMap<>();
    private final Map<String, Payment> byKey = new HashMap<>();
    private final Map<String, PaymentEvent> events = new HashMap<>();
    private final Deaths deaths;

    FakeGateway(Deaths deaths) {
        this.deaths = deaths;
    }

    void next(String call, Trouble trouble) {
        troubles.computeIfAbsent(call, name -> new ArrayDeque<>()).add(trouble);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String publishableKey() {
        return "pk_fake";
    }

    @Override
    public synchronized PaymentResult create(CreatePayment payment) {
        return call("create", null, () -> {
            Payment made = byKey.computeIfAbsent(
                    payment.idempotencyKey(),
                    key -> new Payment(payment.checkoutId(), payment.amount().minor()));
            payments.put(made.reference, made);
            return PaymentResult.known(Status.REQUIRES_PAYMENT, made.reference, "secret_" + made.reference);
        });
    }

    @Override
    public synchronized PaymentResult find(String reference) {
        return call("find", reference, () -> now(reference));
    }

    @Override
    public synchronized PaymentResult capture(String reference, String idempotencyKey) {
        return call("capture", reference, () -> {
            if (move(reference, Status.AUTHORISED, Status.CAPTURED, "captured")) {
                payments.get(reference).captures++;
            }
            return now(reference);
        });
    }

    @Override
    public synchronized PaymentResult cancel(String reference, String idempotencyKey) {
        return call("cancel", reference, () -> {
            if (payments.containsKey(reference) && payments.get(reference).status != Status.CAPTURED) {
                move(reference, payments.get(reference).status, Status.CANCELLED, "cancelled");
            }
            return now(reference);
        });
    }

    @Override
    public synchronized PaymentResult refund(String reference, String idempotencyKey) {
        return call("refund", reference, () -> {
            if (payments.get(reference).status != Status.CAPTURED) {
                return PaymentResult.failed(reference, "nothing to refund");
            }
            payments.get(reference).refunded = true;
            return PaymentResult.known(Status.CANCELLED, reference, null);
        });
    }

    @Override
    public synchronized PaymentResult refund(String reference, Money amount, String idempotencyKey) {
        return call("refund", reference, () -> {
            Payment payment = payments.get(reference);
            long left = payment.minor
                    - payment.parts.values().stream().mapToLong(Money::minor).sum();
            boolean known = payment.parts.containsKey(idempotencyKey);
            if (!known && (payment.status != Status.CAPTURED || amount.minor() > left)) {
                return PaymentResult.failed(reference, "refund: " + left + " left");
            }
            payment.parts.putIfAbsent(idempotencyKey, amount);
            return PaymentResult.known(Status.CANCELLED, "re_" + idempotencyKey, null);
        });
    }

    @Override
    public WebhookVerdict verify(RawWebhook webhook) {
        PaymentEvent event = events.get(webhook.text());
        return event == null
                ? new WebhookVerdict.Forged("body: unknown")
                : new WebhookVerdict.Authentic(event.deliveryId(), event.type(), event.deliveryId());
    }

    @Override
    public Optional<PaymentEvent> parse(RawWebhook webhook) {
        return Optional.ofNullable(events.get(webhook.text()));
    }

    /** The buyer or the bank does something; the gateway tells of it. */
    synchronized RawWebhook become(String reference, Status status) {
        move(reference, payments.get(reference).status, status, status.name());
        return deliveries.getLast();
    }

    private boolean move(String reference, Status from, Status to, String type) {
        Payment payment = payments.get(reference);
        if (payment == null || payment.status != from) {
            return false;
        }
        payment.status = to;
        String id = "evt_" + UUID.randomUUID();
        events.put(id, new PaymentEvent(id, type, payment.checkoutId, now(reference)));
        deliveries.add(new RawWebhook(Map.of(), "", id.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
        return true;
    }

    private PaymentResult now(String reference) {
        Payment payment = payments.get(reference);
        return payment == null
                ? PaymentResult.unknown(reference, "no such payment", null)
                : PaymentResult.known(payment.status, reference, "secret_" + reference);
    }

    private PaymentResult call(String name, String reference, java.util.function.Supplier<PaymentResult> step) {
        deaths.pass();
        Trouble trouble = troubles.getOrDefault(name, new ArrayDeque<>()).poll();
        PaymentResult result = switch (trouble) {
            case null -> step.get();
            case NOT_DONE -> PaymentResult.unknown(reference, name + ": no answer", null);
            case ANSWER_LOST -> {
                step.get();
                yield PaymentResult.unknown(reference, name + ": no answer", null);
            }
            case REFUSED -> PaymentResult.failed(reference, name + ": refused");
        };
        deaths.pass();
        return result;
    }
}
