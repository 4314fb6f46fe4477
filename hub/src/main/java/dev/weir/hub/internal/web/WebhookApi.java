package dev.weir.hub.internal.web;

import dev.weir.checkout.Checkouts;
import dev.weir.connectors.AtWork;
import dev.weir.connectors.Connection;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Traces;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.KnownConnections;
import dev.weir.hub.internal.connections.SecretProofs;
import dev.weir.routes.Inbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The marketplaces' door: prove the raw bytes, store them, answer. Nothing is parsed before it is proven. */
@RestController
class WebhookApi {
    private final Channels channels;
    private final KnownConnections connections;
    private final Checkouts checkouts;
    private final Inbox inbox;
    private final SecretProofs proofs;
    private final Traces traces;
    private final MeterRegistry meters;
    private final Clock clock;

    WebhookApi(
            Channels channels,
            KnownConnections connections,
            Checkouts checkouts,
            Inbox inbox,
            SecretProofs proofs,
            Traces traces,
            MeterRegistry meters,
            Clock clock) {
        this.channels = channels;
        this.connections = connections;
        this.checkouts = checkouts;
        this.inbox = inbox;
        this.proofs = proofs;
        this.traces = traces;
        this.meters = meters;
        this.clock = clock;
        spool();
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
        channels.all().keySet().forEach(this::spooled);
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

    @PostMapping("/webhooks/stripe")
    ResponseEntity<Object> stripe(HttpServletRequest request) throws IOException {
        RawWebhook raw = raw(request);
        return taken(
                "stripe", Inbox.STRIPE, () -> store(Inbox.STRIPE, "", "stripe", raw, checkouts.verify("stripe", raw)));
    }

    @PostMapping("/webhooks/{channel}/{connectionId}")
    ResponseEntity<Object> channel(
            @PathVariable String channel, @PathVariable String connectionId, HttpServletRequest request)
            throws IOException {
        Connection connection = connection(channel, connectionId);
        RawWebhook raw = raw(request);
        return taken(
                channel,
                connection.id(),
                () -> store(connection, raw, port(connection).verify(raw)));
    }

    private ResponseEntity<Object> store(Connection connection, RawWebhook raw, WebhookVerdict verdict) {
        ResponseEntity<Object> answer = store(connection.id(), connection.brand(), connection.channel(), raw, verdict);
        if (verdict instanceof WebhookVerdict.Authentic && !inbox.isAway()) {
            proofs.delivered(connection, raw);
        }
        return answer;
    }

    private ResponseEntity<Object> taken(String channel, UUID connection, Supplier<ResponseEntity<Object>> work) {
        try (AtWork _ = AtWork.on(AtWork.On.CONNECTION, connection)) {
            return traces.around(Traces.Kind.ENTRY, "webhook " + channel, null, work);
        }
    }

    /** Some platforms ask whether the address is ours before they push to it. */
    @GetMapping(path = "/webhooks/{channel}/{connectionId}", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> handshake(
            @PathVariable String channel,
            @PathVariable String connectionId,
            @RequestParam MultiValueMap<String, String> query) {
        return port(connection(channel, connectionId))
                .handshake(query.toSingleValueMap())
                .map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.status(HttpStatus.FORBIDDEN).build());
    }

    private Connection connection(String channel, String id) {
        return connections
                .find(Inputs.uuid("connectionId", id))
                .filter(c ->
                        c.channel().equals(channel) && channels.find(channel).isPresent())
                .orElseThrow(() -> new NotFound("connectionId", id));
    }

    private OrderWebhook port(Connection connection) {
        return channels.find(connection.channel()).orElseThrow().orderWebhook(connection);
    }

    private ResponseEntity<Object> store(
            UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict verdict) {
        return switch (verdict) {
            case WebhookVerdict.Forged forged -> {
                meters.counter("weir.webhooks.forged", "channel", channel).increment();
                yield Problem.of(
                                401,
                                "bad-signature",
                                "Not signed by the platform",
                                "signature: " + forged.reason() + " (expected: the platform's own)")
                        .answer();
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
                yield ResponseEntity.ok(Map.of("stored", true, "repeated", repeated));
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

    private RawWebhook raw(HttpServletRequest request) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        return new RawWebhook(headers, query, request.getInputStream().readAllBytes(), clock.instant());
    }
}
