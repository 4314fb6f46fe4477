package dev.weir.hub.internal.web;

import dev.weir.checkout.Checkouts;
import dev.weir.connectors.AtWork;
import dev.weir.connectors.Connection;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Traces;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.hub.internal.connections.SecretProofs;
import dev.weir.routes.Inbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What becomes of a delivery at the door? Its raw bytes are proven and stored, and nothing is parsed before it is proven.
 * Thread-safe.
 */
@Component
class Deliveries {
    private final WebhookPorts ports;
    private final Checkouts checkouts;
    private final Inbox inbox;
    private final SecretProofs proofs;
    private final Traces traces;
    private final MeterRegistry meters;
    private final Clock clock;

    Deliveries(
            WebhookPorts ports,
            Checkouts checkouts,
            Inbox inbox,
            SecretProofs proofs,
            Traces traces,
            MeterRegistry meters,
            Clock clock) {
        this.ports = ports;
        this.checkouts = checkouts;
        this.inbox = inbox;
        this.proofs = proofs;
        this.traces = traces;
        this.meters = meters;
        this.clock = clock;
        spool();
    }

    /** What the sender is told. */
    sealed interface Taken {
        /** On disk; {@code repeated}: it had been before. */
        record Stored(boolean repeated) implements Taken {}

        /** Not signed by the platform: nothing is kept but a count. */
        record Forged(String reason) implements Taken {}
    }

    /** Takes what Stripe pushes. */
    Taken ofStripe(RawWebhook raw) {
        return taken(
                Inbox.STRIPE_CHANNEL,
                Inbox.STRIPE,
                () -> store(Inbox.STRIPE, "", Inbox.STRIPE_CHANNEL, raw, checkouts.verify(Inbox.STRIPE_CHANNEL, raw)));
    }

    /**
     * Takes what a shop's platform pushes.
     *
     * @throws NotFound when {@code connectionId} is none of {@code channel}'s
     */
    Taken ofShop(String channel, String connectionId, RawWebhook raw) {
        Connection connection = ports.connection(channel, connectionId);
        return taken(
                channel,
                connection.id(),
                () -> store(connection, raw, ports.of(connection).verify(raw)));
    }

    private Taken store(Connection connection, RawWebhook raw, WebhookVerdict verdict) {
        Taken taken = store(connection.id(), connection.brand(), connection.channel(), raw, verdict);
        if (taken instanceof Taken.Stored && !inbox.isAway()) {
            proofs.delivered(connection, raw);
        }
        return taken;
    }

    private Taken taken(String channel, UUID connection, Supplier<Taken> work) {
        try (AtWork _ = AtWork.on(AtWork.On.CONNECTION, connection)) {
            return traces.around(Traces.Kind.ENTRY, "webhook " + channel, null, work);
        }
    }

    private Taken store(UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict verdict) {
        return switch (verdict) {
            case WebhookVerdict.Forged forged -> {
                meters.counter("weir.webhooks.forged", "channel", channel).increment();
                yield new Taken.Forged(forged.reason());
            }
            case WebhookVerdict.Authentic authentic -> {
                AtWork.learned(AtWork.On.SHOP_ORDER, authentic.aggregateKey());
                Inbox.Stored stored = inbox.store(connectionId, brand, channel, traced(raw), authentic);
                boolean repeated = stored.repeated();
                AtWork.learned(AtWork.On.DELIVERY, stored.id());
                AtWork.tell("Delivery of {} stored{}", channel, repeated ? " before" : "");
                meters.counter("weir.webhooks.stored", "channel", channel, "repeated", String.valueOf(repeated))
                        .increment();
                if (stored.spooled()) {
                    spooled(channel).increment();
                }
                yield new Taken.Stored(repeated);
            }
        };
    }

    /** The row goes on with our trace; one that the sender names is not believed. */
    private static RawWebhook traced(RawWebhook raw) {
        String trace = Traces.current();
        if (trace == null) {
            return raw;
        }
        Map<String, String> headers = new HashMap<>(raw.headers());
        headers.put(Traces.HEADER, trace);
        return new RawWebhook(headers, raw.query(), raw.body(), raw.receivedAt());
    }

    private void spool() {
        Gauge.builder("weir.webhooks.spool", inbox, Inbox::spooledBytes)
                .description("What waits on this hub's disk for the database, and what was put aside")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("weir.webhooks.spool.oldest.age", inbox, this::spoolAge)
                .description("How long the oldest of it waits; 0 when there is none")
                .baseUnit("seconds")
                .register(meters);
        ports.channels().forEach(this::spooled);
        spooled(Inbox.STRIPE_CHANNEL);
    }

    private double spoolAge(Inbox from) {
        return from.spooledSince()
                .map(since ->
                        Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1_000.0))
                .orElse(0.0);
    }

    private Counter spooled(String channel) {
        return meters.counter("weir.webhooks.spooled", "channel", channel);
    }
}
