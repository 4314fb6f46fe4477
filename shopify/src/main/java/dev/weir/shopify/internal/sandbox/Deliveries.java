package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What does the shop push, and how badly? Signed over the very bytes; twice, late, out of order or under the old secret where a
 * switch says so. Of what nobody asked for, a sale alone is said.
 */
final class Deliveries {
    private static final int MOST_HELD = 10_000;

    private final Clock clock;
    private final ShopQuirk.Switches quirks;
    private final Subscriptions subscriptions;
    private final String secret;
    private final List<SandboxDelivery> held = new ArrayList<>();
    private volatile Consumer<SandboxDelivery> courier = delivery -> {};

    Deliveries(Clock clock, ShopQuirk.Switches quirks, Subscriptions subscriptions, String secret) {
        this.clock = clock;
        this.quirks = quirks;
        this.subscriptions = subscriptions;
        this.secret = secret;
    }

    void courier(Consumer<SandboxDelivery> carries) {
        courier = carries;
    }

    /** A sale's delivery; what a switch adds to it is pushed beside it. */
    SandboxDelivery ofSale(ObjectNode order) {
        SandboxDelivery sale = of("orders/create", order);
        if (quirks.isOn(ShopQuirk.WEBHOOKS_OUT_OF_ORDER)) {
            courier.accept(of("orders/updated", order));
        }
        if (quirks.isOn(ShopQuirk.WEBHOOKS_TWICE)) {
            courier.accept(sale);
        }
        return sale;
    }

    /** Pushes {@code body} to whoever subscribed to {@code topic}. */
    void push(String topic, ObjectNode body) {
        if (!subscriptions.has(topic)) {
            return;
        }
        SandboxDelivery delivery = of(topic, body);
        synchronized (held) {
            if (quirks.isOn(ShopQuirk.WEBHOOKS_LATE) && held.size() < MOST_HELD) {
                held.add(delivery);
                return;
            }
        }
        courier.accept(delivery);
        if (quirks.isOn(ShopQuirk.WEBHOOKS_TWICE)) {
            courier.accept(delivery);
        }
    }

    /** Lets go of what was held back. */
    void release() {
        List<SandboxDelivery> now;
        synchronized (held) {
            now = List.copyOf(held);
            held.clear();
        }
        now.forEach(courier);
    }

    private SandboxDelivery of(String topic, ObjectNode body) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        String signer = quirks.isOn(ShopQuirk.OLD_SECRET) ? secret + "_old" : secret;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Shopify-Topic", topic);
        headers.put("X-Shopify-Shop-Domain", ShopifySandbox.SHOP);
        headers.put("X-Shopify-API-Version", ShopifySandbox.VERSION);
        headers.put("X-Shopify-Webhook-Id", UUID.randomUUID().toString());
        headers.put("X-Shopify-Event-Id", UUID.nameUUIDFromBytes(bytes).toString());
        headers.put("X-Shopify-Triggered-At", clock.instant().toString());
        headers.put("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(Signatures.hmacSha256(signer, bytes)));
        return new SandboxDelivery(headers, bytes);
    }
}
