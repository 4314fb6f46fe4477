package dev.weir.hub.internal.watch;

import dev.weir.checkout.PaymentGateway;
import dev.weir.checkout.PaymentResult;
import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What does a payment gateway answer, and how soon? Thread-safe. */
public final class WatchedGateway implements PaymentGateway {
    private final PaymentGateway gateway;
    private final MeterRegistry registry;

    /** Does what {@code gateway} does. */
    public WatchedGateway(PaymentGateway gateway, MeterRegistry registry) {
        this.gateway = gateway;
        this.registry = registry;
    }

    private PaymentResult counted(String step, Supplier<PaymentResult> call) {
        long began = System.nanoTime();
        PaymentResult result = call.get();
        Timer.builder("weir.payments")
                .description("Questions to payment gateways, by what was asked for and how the payment stood then")
                .tag("gateway", gateway.name())
                .tag("step", step)
                .tag("outcome", result.status().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(Duration.ofNanos(System.nanoTime() - began));
        return result;
    }

    @Override
    public String name() {
        return gateway.name();
    }

    @Override
    public String publishableKey() {
        return gateway.publishableKey();
    }

    @Override
    public PaymentResult create(CreatePayment payment) {
        return counted("create", () -> gateway.create(payment));
    }

    @Override
    public PaymentResult find(String reference) {
        return counted("find", () -> gateway.find(reference));
    }

    @Override
    public PaymentResult capture(String reference, String idempotencyKey) {
        return counted("capture", () -> gateway.capture(reference, idempotencyKey));
    }

    @Override
    public PaymentResult cancel(String reference, String idempotencyKey) {
        return counted("cancel", () -> gateway.cancel(reference, idempotencyKey));
    }

    @Override
    public PaymentResult refund(String reference, String idempotencyKey) {
        return counted("refund", () -> gateway.refund(reference, idempotencyKey));
    }

    @Override
    public PaymentResult refund(String reference, Money amount, String idempotencyKey) {
        return counted("refund", () -> gateway.refund(reference, amount, idempotencyKey));
    }

    @Override
    public WebhookVerdict verify(RawWebhook webhook) {
        return gateway.verify(webhook);
    }

    @Override
    public Optional<PaymentEvent> parse(RawWebhook webhook) {
        return gateway.parse(webhook);
    }
}
