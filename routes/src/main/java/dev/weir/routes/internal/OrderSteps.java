package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.AtWork;
import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Traces;
import dev.weir.orders.OrderView;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.camel.Body;

/**
 * How does a paid order reach the brand's backend? Steps of {@code order-push}: the message becomes a row, and a drain per
 * brand hands rows over until the backend has each, so that neither a slow backend nor one bad order holds up the rest.
 */
public final class OrderSteps {
    private static final int SIDE_BY_SIDE = 4;
    private static final Duration PARKED = Duration.ofMinutes(10);

    private final Wiring wiring;
    private final OrderPushes pushes;
    private final HandedOver handedOver;
    private final CallOffRun callOffs;
    private final Meter meter;
    private final Map<String, Semaphore> drains = new ConcurrentHashMap<>();
    private volatile boolean closed;

    OrderSteps(Wiring wiring, OrderPushes pushes, CallOffRun callOffs) {
        this.wiring = wiring;
        this.pushes = pushes;
        this.handedOver = new HandedOver(wiring);
        this.callOffs = callOffs;
        this.meter = wiring.meter("order-handover", "Creates paid orders at the brands' backends");
    }

    /** Step: notes an order that is to be handed over. */
    public void note(@Body String message) {
        JsonNode event = Json.read(message);
        UUID order = handedOver.order(event);
        if (order != null) {
            String brand = event.path("brand").asText();
            try (AtWork _ = AtWork.on(AtWork.On.ORDER, order)) {
                pushes.add(order, brand, Traces.current());
                AtWork.tell("Order is to be handed over");
            }
            start(brand);
        }
    }

    /** Step: starts a drain for every brand with due orders. */
    public void drain() {
        pushes.dueBrands().forEach(this::start);
    }

    void close() {
        closed = true;
    }

    private void start(String brand) {
        Semaphore places = drains.computeIfAbsent(brand, name -> new Semaphore(SIDE_BY_SIDE));
        if (!closed && places.tryAcquire()) {
            Thread.ofVirtual().name("order-push-" + brand).start(() -> {
                try {
                    drain(brand);
                } finally {
                    places.release();
                }
            });
        }
    }

    private void drain(String brand) {
        Optional<OrderPushes.Claim> claim = pushes.claim(brand);
        while (claim.isPresent() && !closed) {
            handOver(brand, claim.get());
            claim = pushes.claim(brand);
        }
    }

    private void handOver(String brand, OrderPushes.Claim claim) {
        try (AtWork _ = AtWork.on(AtWork.On.ORDER, claim.orderId())) {
            wiring.traces().doing(Traces.Kind.STEP, "order push", claim.trace(), () -> attempt(brand, claim));
        }
    }

    private void attempt(String brand, OrderPushes.Claim claim) {
        try {
            push(brand, claim.orderId());
            meter.ok(1);
        } catch (RuntimeException e) {
            Traces.failed(e);
            meter.fail("order " + claim.orderId() + ": " + FaultPolicy.reason(e));
            FaultPolicy.Verdict verdict = FaultPolicy.ORDERS.decide(e, claim.attempt());
            Duration wait = switch (verdict) {
                case FaultPolicy.Verdict.Retry retry -> retry.after();
                // A paid order is never given up: it stays due, with its reason, and is tried now and then.
                case FaultPolicy.Verdict.Park park -> park.lookAgain() == null ? PARKED : park.lookAgain();
            };
            AtWork.tell("Order is not handed over yet: {}", verdict.reason());
            pushes.tryLater(claim.orderId(), wait, verdict.reason());
        }
    }

    private void push(String brand, UUID orderId) {
        OrderView order = wiring.orders()
                .find(orderId)
                .orElseThrow(
                        () -> new ChannelException(Fault.NOT_FOUND, "order: " + orderId + " (expected: a booked one)"));
        String refusal = handedOver.refusal(order);
        if (refusal != null) {
            pushes.end(orderId, false, null, refusal);
            return;
        }
        Connection backend = backend(brand);
        AtWork.learned(AtWork.On.CONNECTION, backend.id());
        if (order.attribution().showId() != null) {
            AtWork.learned(AtWork.On.SHOW, order.attribution().showId());
        }
        String externalId = order.backendOrderId() != null
                ? order.backendOrderId()
                : wiring.channel(backend).orderPush(backend).push(request(backend, order));
        wiring.transaction().executeWithoutResult(status -> {
            wiring.orders().pushed(orderId, backend.id(), externalId);
            pushes.end(orderId, true, backend.id(), externalId);
            calledOffMeanwhile(orderId, backend);
        });
        AtWork.tell("Order is at {} as {}", backend.name(), externalId);
    }

    /** The channel may have called it off while the backend was told; whoever did so before this did not know of the backend. */
    private void calledOffMeanwhile(UUID orderId, Connection backend) {
        wiring.orders()
                .find(orderId)
                .filter(order -> order.connectionId() != null && order.state() == OrderView.State.CANCELLED)
                .ifPresent(order -> callOffs.ask(backend.id(), order.brand(), orderId));
    }

    private Connection backend(String brand) {
        return wiring.connections().active().stream()
                .filter(connection -> connection.brand().equals(brand) && Wiring.isBackend(connection))
                .filter(connection -> wiring.channel(connection).capabilities().contains(Capability.ORDER_PUSH))
                .findFirst()
                .orElseThrow(() -> new ChannelException(
                        Fault.NOT_FOUND,
                        "backend of brand " + brand
                                + ": none is connected (expected: one, with setting backend=true)"));
    }

    private OrderPush.Request request(Connection backend, OrderView order) {
        return new OrderPush.Request(
                order.id().toString(),
                order.lines().stream().map(line -> line(backend, line)).toList(),
                order.total(),
                order.email() == null ? "" : order.email(),
                order.address(),
                notes(order),
                order.paymentReference());
    }

    private OrderPush.Line line(Connection backend, OrderLine line) {
        return wiring.catalogue()
                .listing(backend.id(), line.sku())
                .map(listing -> new OrderPush.Line(line, listing))
                .orElseThrow(() -> new ChannelException(
                        Fault.NOT_FOUND, "sku: " + line.sku() + " (expected: listed at " + backend.name() + ")"));
    }

    private static Map<String, String> notes(OrderView order) {
        Map<String, String> notes = new TreeMap<>();
        notes.put("channel", order.attribution().channel());
        if (order.externalId() != null) {
            notes.put("channelOrder", order.externalId());
        }
        if (order.attribution().showId() != null) {
            notes.put("show", order.attribution().showId().toString());
        }
        if (order.attribution().host() != null) {
            notes.put("host", order.attribution().host());
        }
        if (order.attribution().pinSku() != null) {
            notes.put("pin", order.attribution().pinSku());
        }
        return notes;
    }
}
