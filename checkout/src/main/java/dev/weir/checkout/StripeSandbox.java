package dev.weir.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.checkout.internal.sandbox.FormBody;
import dev.weir.checkout.internal.sandbox.SandboxEvents;
import dev.weir.checkout.internal.sandbox.SandboxIntents;
import dev.weir.checkout.internal.sandbox.SandboxKeys;
import dev.weir.checkout.internal.sandbox.StripeRefusal;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What stands in for Stripe: PaymentIntents with Stripe's states, keys, idempotency, test cards and signed events? A bank's
 * challenge is answered with the one call that Stripe does not have, {@code POST /v1/payment_intents/{id}/challenge}
 * {@code client_secret, approve=true|false}. Thread-safe.
 */
public final class StripeSandbox implements SandboxPlatform {
    private final SandboxStore store;
    private final SandboxKeys keys;
    private final SandboxEvents events;
    private final SandboxIntents intents;

    /** A stand-in whose payments and keys live in {@code store}. */
    public StripeSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        this.keys = new SandboxKeys(store);
        this.events = new SandboxEvents(store, keys, clock);
        this.intents = new SandboxIntents(store, events, clock);
    }

    /** Who carries its events from now on; they are dropped until this is called. The courier must not block. */
    public void deliverWith(Consumer<SandboxDelivery> courier) {
        events.deliverWith(courier);
    }

    @Override
    public String channel() {
        return "stripe";
    }

    /** {@code baseUrl, secretKey, publishableKey, webhookSecret}. */
    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "baseUrl", baseUrl.toString(),
                "secretKey", keys.secretKey(),
                "publishableKey", keys.publishableKey(),
                "webhookSecret", keys.webhookSecret());
    }

    /** Does nothing: Stripe has no shelves. */
    @Override
    public void seed(List<SandboxProduct> products) {}

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        FormBody form = FormBody.of(request);
        SandboxAnswer answer;
        try {
            answer = switch (operation) {
                case "create" -> secretly(request, form, () -> intents.create(form));
                case "retrieve" -> retrieve(request, form);
                case "confirm" -> confirm(request, form);
                case "challenge" -> challenge(request, form);
                case "capture" -> secretly(request, form, () -> intents.capture(id(request), form));
                case "cancel" -> secretly(request, form, () -> intents.cancel(id(request), form));
                case "refund" -> secretly(request, form, () -> intents.refund(form));
                case "refunds" -> {
                    keys.requireSecret(request);
                    yield ok(intents.refunds(form));
                }
                default -> throw StripeRefusal.noSuchUrl(request.method(), request.path());
            };
        } catch (StripeRefusal refusal) {
            answer = refusal.answer();
        }
        events.flush();
        return StripeRefusal.readableByPages(answer);
    }

    private SandboxAnswer retrieve(SandboxRequest request, FormBody query) {
        if (keys.isPublishable(request, query)) {
            return ok(intents.withSecret(id(request), query.text("client_secret")));
        }
        keys.requireSecret(request);
        return ok(intents.find(id(request)));
    }

    private SandboxAnswer confirm(SandboxRequest request, FormBody form) {
        if (keys.isPublishable(request, form)) {
            return store.locked(() -> {
                intents.withSecret(id(request), form.text("client_secret"));
                return ok(intents.confirm(id(request), form));
            });
        }
        return secretly(request, form, () -> intents.confirm(id(request), form));
    }

    private SandboxAnswer challenge(SandboxRequest request, FormBody form) {
        return store.locked(() -> {
            intents.withSecret(id(request), form.text("client_secret"));
            return ok(intents.challenge(id(request), Boolean.parseBoolean(form.text("approve"))));
        });
    }

    /** With the secret key, and once per idempotency key. */
    private SandboxAnswer secretly(SandboxRequest request, FormBody form, Supplier<ObjectNode> step) {
        keys.requireSecret(request);
        return store.locked(() -> keys.once(request, form, () -> ok(step.get())));
    }

    private static SandboxAnswer ok(ObjectNode body) {
        return SandboxAnswer.json(200, body);
    }

    private static String id(SandboxRequest request) {
        String[] parts = request.path().split("/", -1);
        return parts.length > 3 ? parts[3] : "";
    }

    /** Nobody buys at Stripe. */
    @Override
    public Sale buy(Sku sku, int quantity) {
        throw new IllegalArgumentException("channel: stripe (expected: a shop; Stripe sells nothing)");
    }

    @Override
    public Map<Sku, Integer> stock() {
        return Map.of();
    }

    /** Its PaymentIntents, without their client secrets. */
    @Override
    public List<String> orders() {
        return intents.list().stream()
                .map(intent -> new String(
                        SandboxAnswer.json(200, intent.without("client_secret")).body(), StandardCharsets.UTF_8))
                .toList();
    }
}
