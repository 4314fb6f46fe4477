package dev.weir.checkout.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.Stripe;
import dev.weir.checkout.internal.stripe.StripeSignature;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** What does the stand-in tell the hub? Events in Stripe's shape, signed as Stripe signs them. */
public final class SandboxEvents {
    private final SandboxStore store;
    private final SandboxKeys keys;
    private final Clock clock;
    private final ConcurrentLinkedQueue<SandboxDelivery> waiting = new ConcurrentLinkedQueue<>();
    private volatile Consumer<SandboxDelivery> courier = delivery -> {};

    /** Events signed with the webhook secret of {@code keys}. */
    public SandboxEvents(SandboxStore store, SandboxKeys keys, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /** Who carries them from now on. */
    public void deliverWith(Consumer<SandboxDelivery> next) {
        courier = next;
    }

    /** Notes that {@code type} happened to {@code intent}; sent by the next {@link #flush}. */
    void add(String type, ObjectNode intent) {
        long now = clock.instant().getEpochSecond();
        ObjectNode event = SandboxStore.document()
                .put("id", "evt_" + store.next("events") + "_" + SandboxKeys.random())
                .put("object", "event")
                .put("api_version", Stripe.API_VERSION)
                .put("created", now)
                .put("livemode", false)
                .put("pending_webhooks", 1)
                .put("type", type);
        event.putObject("data").set("object", intent.deepCopy());
        byte[] body = event.toString().getBytes(StandardCharsets.UTF_8);
        waiting.add(new SandboxDelivery(
                Map.of(
                        "Content-Type",
                        "application/json; charset=utf-8",
                        "Stripe-Signature",
                        StripeSignature.sign(keys.webhookSecret(), now, body)),
                body));
    }

    /** Hands what happened to the courier; outside any lock. */
    public void flush() {
        for (SandboxDelivery next = waiting.poll(); next != null; next = waiting.poll()) {
            courier.accept(next);
        }
    }
}
