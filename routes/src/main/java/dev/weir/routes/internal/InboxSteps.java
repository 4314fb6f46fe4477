package dev.weir.routes.internal;

import dev.weir.checkout.Checkouts;
import dev.weir.connectors.AtWork;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.Traces;
import dev.weir.routes.Inbox;
import dev.weir.routes.internal.InboxStore.Conclusion;
import dev.weir.routes.internal.InboxStore.Due;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does a stored delivery come to its effect? Steps of the routes {@code webhook-intake} and {@code webhook-sweep}. The
 * message only says which row; the row is safe in the database, so Kafka's offset may move on at once, and each
 * connection's deliveries are handled in lanes of its own.
 */
public final class InboxSteps {
    private static final Logger LOG = LoggerFactory.getLogger(InboxSteps.class);
    private static final int SWEEP = 200;
    /** Eight at once and then one every five minutes: about a day, so that no outage of ours makes a delivery dead. */
    private static final int MOST_ATTEMPTS = 300;

    private final Wiring wiring;
    private final Checkouts checkouts;
    private final InboxStore store;
    private final InboxEffects effects;
    private final Lanes lanes;
    private final Signal relay;
    private final Meter meter;

    InboxSteps(Wiring wiring, Checkouts checkouts, InboxStore store, InboxEffects effects, Lanes lanes, Signal relay) {
        this.wiring = wiring;
        this.checkouts = checkouts;
        this.store = store;
        this.effects = effects;
        this.lanes = lanes;
        this.relay = relay;
        this.meter = wiring.meter("webhook-handling", "Turns stored deliveries into orders, refunds and stock seen");
    }

    /** Step: takes up the delivery that a message names. {@code key} is connection and order. */
    public void take(@Header("kafka.KEY") String key, @Body String message) {
        UUID id = UUID.fromString(
                Json.read(message).path("payload").path("inboxId").asText());
        int slash = key.indexOf('/');
        submit(id, key.substring(0, slash), key.substring(slash + 1));
    }

    /** Step: takes up deliveries whose time has come: left over, failed before, or parked. */
    public void sweep() {
        List<Due> due = store.due(SWEEP);
        due.stream()
                .sorted(Comparator.comparingLong(Due::seq))
                .forEach(row -> submit(row.id(), row.connectionId(), row.aggregateKey()));
    }

    private void submit(UUID id, String connection, String aggregate) {
        if (!lanes.submit(connection, aggregate, () -> handle(id))) {
            LOG.debug("Delivery {} finds its lane full: the sweep takes it up later", id);
        }
    }

    void handle(UUID id) {
        store.open(id).ifPresent(delivery -> {
            try (AtWork _ = AtWork.on(AtWork.On.DELIVERY, id).and(AtWork.On.CONNECTION, delivery.connectionId())) {
                wiring.traces()
                        .doing(
                                Traces.Kind.STEP,
                                "delivery " + delivery.channel(),
                                delivery.trace(),
                                () -> attempt(delivery));
            }
        });
    }

    private void attempt(Delivery delivery) {
        try {
            if (delivery.connectionId().equals(Inbox.STRIPE)) {
                payment(delivery);
            } else {
                shop(delivery);
            }
            meter.ok(1);
        } catch (RuntimeException e) {
            failed(delivery, e);
        }
    }

    private void shop(Delivery delivery) {
        Connection connection = wiring.connection(delivery.connectionId());
        OrderWebhook port = wiring.channel(connection).orderWebhook(connection);
        // Outside the transaction: reading may ask the platform, and no lock waits for a platform.
        List<ChannelEvent> events = port.read(delivery.raw()).stream()
                .map(event -> event instanceof ChannelEvent.OrderTouched touched
                        ? new ChannelEvent.OrderStated(port.fetch(touched.externalId()))
                        : event)
                .toList();
        end(delivery, () -> effects.apply(delivery, connection, events));
    }

    /** Checkouts call the gateway and write their own steps, so they run before the transaction that ends the row. */
    private void payment(Delivery delivery) {
        String effect = checkouts.take(delivery.channel(), delivery.raw());
        end(delivery, () -> new Conclusion(Conclusion.State.PROCESSED, effect, null, null));
    }

    private void end(Delivery delivery, Supplier<Conclusion> effect) {
        wiring.transaction().executeWithoutResult(status -> {
            if (store.lock(delivery.id())) {
                Conclusion conclusion = effect.get();
                store.end(delivery.id(), conclusion);
                AtWork.tell("Delivery of {} {}: {}", delivery.channel(), conclusion.state(), conclusion.reason());
            }
        });
        relay.raise();
    }

    private void failed(Delivery delivery, RuntimeException failure) {
        Traces.failed(failure);
        meter.fail("delivery " + delivery.id() + ": " + FaultPolicy.reason(failure));
        LOG.info("Delivery {} of {} failed: {}", delivery.id(), delivery.channel(), FaultPolicy.reason(failure));
        switch (FaultPolicy.DELIVERIES.decide(failure, delivery.attempts() + 1)) {
            case FaultPolicy.Verdict.Retry retry -> store.tryLater(delivery.id(), retry.after(), retry.reason());
            case FaultPolicy.Verdict.Park park
            when isHopeless(delivery, failure, park) -> {
                store.die(delivery.id(), park.reason(), kind(failure));
                relay.raise();
            }
            case FaultPolicy.Verdict.Park park ->
                store.end(
                        delivery.id(), new Conclusion(Conclusion.State.PARKED, park.reason(), null, park.lookAgain()));
        }
    }

    /** What a platform or its shop can still mend is looked at again for as long as it is kept; what trips this hub is not. */
    private static boolean isHopeless(Delivery delivery, RuntimeException failure, FaultPolicy.Verdict.Park park) {
        return park.lookAgain() == null
                || (!(failure instanceof ChannelException) && delivery.attempts() + 1 >= MOST_ATTEMPTS);
    }

    private static String kind(RuntimeException failure) {
        return failure instanceof ChannelException refusal ? refusal.fault().name() : "UNEXPECTED";
    }
}
