package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Shortfalls;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.camel.Body;

/**
 * How is a channel made to call off an order that has no units? The message becomes a row, which is tried until the channel
 * has said yes (the order is cancelled here, once) or no (the case goes back to the operator). An answer that was lost is
 * asked for again under the same key, and the channel looks before it acts.
 */
public final class CancelSteps {
    private static final int SIDE_BY_SIDE = 2;

    private final Wiring wiring;
    private final Shortfalls shortfalls;
    private final CancelRows rows;
    private final Meter meter;
    private final Map<String, Semaphore> drains = new ConcurrentHashMap<>();
    private volatile boolean closed;

    CancelSteps(Wiring wiring, Shortfalls shortfalls, CancelRows rows) {
        this.wiring = wiring;
        this.shortfalls = shortfalls;
        this.rows = rows;
        this.meter = wiring.meter("order-cancel", "Asks channels to call off orders without units");
    }

    /** Step: notes an order that is to be called off. */
    public void note(@Body String message) {
        JsonNode event = Json.read(message);
        if (event.path("type").asText().equals(Shortfalls.CANCEL_ASKED)) {
            JsonNode asked = event.path("payload");
            String brand = event.path("brand").asText();
            String cause = asked.path("cause").asText();
            orderOf(cause)
                    .ifPresentOrElse(
                            order -> rows.add(
                                    brand, cause, order, asked.path("reason").asText()),
                            () -> shortfalls.cancelRefused(brand, cause, cause + " is not an order's sale"));
            start(brand);
        }
    }

    /** Step: starts a drain for every brand with due cancellations. */
    public void drain() {
        rows.dueBrands().forEach(this::start);
    }

    void close() {
        closed = true;
    }

    /** As {@link dev.weir.routes.OrderCancels#refusal}. */
    Optional<String> refusal(String brand, String cause) {
        try {
            Connection connection = connection(orderOf(cause)
                    .flatMap(wiring.orders()::find)
                    .filter(order -> order.brand().equals(brand))
                    .orElseThrow(() -> new ChannelException(
                            Fault.NOT_FOUND, "cause: " + cause + " (expected: that of a known order)")));
            return wiring.channel(connection).refusalToCancel();
        } catch (ChannelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void start(String brand) {
        Semaphore places = drains.computeIfAbsent(brand, name -> new Semaphore(SIDE_BY_SIDE));
        if (!closed && places.tryAcquire()) {
            Thread.ofVirtual().name("order-cancel-" + brand).start(() -> {
                try {
                    drain(brand);
                } finally {
                    places.release();
                }
            });
        }
    }

    private void drain(String brand) {
        Optional<CancelRows.Claim> claim = rows.claim(brand);
        while (claim.isPresent() && !closed) {
            handle(claim.get());
            claim = rows.claim(brand);
        }
    }

    private void handle(CancelRows.Claim claim) {
        try {
            callOff(claim);
            meter.ok(1);
        } catch (RuntimeException e) {
            meter.fail("order " + claim.orderId() + ": " + FaultPolicy.reason(e));
            if (e instanceof ChannelException said && isNo(said.fault())) {
                refused(claim, String.valueOf(said.getMessage()));
                return;
            }
            FaultPolicy.Verdict verdict = FaultPolicy.ORDERS.decide(e, claim.attempt());
            Duration wait = verdict instanceof FaultPolicy.Verdict.Retry retry ? retry.after() : FaultPolicy.LATER;
            rows.tryLater(claim, wait, verdict.reason());
        }
    }

    private void callOff(CancelRows.Claim claim) {
        OrderView order = wiring.orders()
                .find(claim.orderId())
                .orElseThrow(() -> new ChannelException(
                        Fault.NOT_FOUND, "order: " + claim.orderId() + " (expected: a known one)"));
        if (order.state() != OrderView.State.CANCELLED) {
            Connection connection = connection(order);
            wiring.channel(connection)
                    .orderCancel(connection)
                    .cancel(claim.key(), String.valueOf(order.externalId()), claim.reason());
        }
        wiring.transaction().executeWithoutResult(status -> {
            if (rows.end(claim, "DONE", "called off")) {
                wiring.orders().cancel(claim.orderId(), claim.reason());
            }
        });
    }

    private void refused(CancelRows.Claim claim, String reason) {
        wiring.transaction().executeWithoutResult(status -> {
            if (rows.end(claim, "REFUSED", reason)) {
                shortfalls.cancelRefused(claim.brand(), claim.cause(), reason);
            }
        });
    }

    private static boolean isNo(Fault fault) {
        return switch (fault) {
            case REJECTED, NOT_FOUND, UNSUPPORTED -> true;
            case TRANSIENT, THROTTLED, OUTCOME_UNKNOWN, UNAUTHORISED, CONFLICT -> false;
        };
    }

    private Connection connection(OrderView order) {
        UUID id = order.connectionId();
        if (id == null || order.externalId() == null) {
            throw new ChannelException(
                    Fault.UNSUPPORTED, "order: " + order.id() + " of " + order.channel() + " (expected: a channel's)");
        }
        return wiring.connection(id);
    }

    private static Optional<UUID> orderOf(String cause) {
        String[] parts = cause.split("/", 3);
        try {
            return parts.length > 1 && parts[0].equals("order")
                    ? Optional.of(UUID.fromString(parts[1]))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
