package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Conversions;
import dev.weir.connectors.Fault;
import dev.weir.orders.OrderView;
import dev.weir.routes.ConversionLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/**
 * How does a platform learn that somebody whom its link brought has bought? A captured order that says where its buyer came
 * from becomes a row for each connection that takes purchases, and is told once, under the order's id. What went back by then
 * is not told; what goes back later is not taken back, because the platforms count purchases. Steps of {@code conversions}.
 */
public final class ConversionSteps implements ConversionLog {
    private static final int SIDE_BY_SIDE = 2;
    private static final int MOST = 200;

    /** What a link leaves behind, beside {@code utm_}. */
    private static final Set<String> CLICKS = Set.of("fbclid", "fbc", "fbp");

    private final Wiring wiring;
    private final ConversionRows rows;
    private final Meter meter;
    private final Drain drain;

    ConversionSteps(Wiring wiring, ConversionRows rows) {
        this.wiring = wiring;
        this.rows = rows;
        this.meter = wiring.meter("purchases-told", "Tells platforms which of their visitors bought");
        this.drain = new Drain("conversions", SIDE_BY_SIDE, this::one);
    }

    /** Step: notes a captured order for every connection that takes purchases. */
    public void note(@Body String message) {
        JsonNode event = Json.read(message);
        UUID id = OrderPushes.captured(event);
        if (id == null) {
            return;
        }
        String brand = event.path("brand").asText();
        wiring.orders()
                .find(id)
                .filter(order -> cameByLink(order.attribution().campaign()))
                .ifPresent(order -> takers(brand).forEach(taker -> rows.add(brand, id, taker.id())));
        drain.start(brand);
    }

    /** Step: starts with every brand that has purchases to tell. */
    public void drain() {
        rows.dueBrands().forEach(drain::start);
    }

    void close() {
        drain.close();
    }

    @Override
    public List<Entry> list(String brand, @Nullable State state, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        return rows.newest(brand, state, limit);
    }

    @Override
    public boolean again(String brand, UUID orderId, UUID connectionId) {
        return rows.again(brand, orderId, connectionId);
    }

    private static boolean cameByLink(Map<String, String> campaign) {
        return campaign.entrySet().stream()
                .anyMatch(fact -> !fact.getValue().isBlank()
                        && (fact.getKey().startsWith("utm_") || CLICKS.contains(fact.getKey())));
    }

    private List<Connection> takers(String brand) {
        return wiring.connections().active().stream()
                .filter(connection -> connection.brand().equals(brand))
                .filter(connection -> wiring.channel(connection).capabilities().contains(Capability.CONVERSIONS))
                .toList();
    }

    private boolean one(String brand) {
        Optional<ConversionRows.Claim> claim = rows.claim(brand);
        claim.ifPresent(this::tell);
        return claim.isPresent();
    }

    private void tell(ConversionRows.Claim claim) {
        try {
            told(claim);
            meter.ok(1);
        } catch (RuntimeException e) {
            meter.fail("order " + claim.orderId() + ": " + FaultPolicy.reason(e));
            switch (FaultPolicy.ORDERS.decide(e, claim.attempt())) {
                case FaultPolicy.Verdict.Retry retry -> rows.put(claim, State.DUE, retry.after(), retry.reason());
                case FaultPolicy.Verdict.Park park -> rows.put(claim, State.PARKED, park.lookAgain(), park.reason());
            }
        }
    }

    private void told(ConversionRows.Claim claim) {
        OrderView order = wiring.orders()
                .find(claim.orderId())
                .orElseThrow(() -> new ChannelException(
                        Fault.REJECTED, "order: " + claim.orderId() + " (expected: a booked one)"));
        switch (order.state()) {
            case CANCELLED -> rows.end(claim, State.SKIPPED, "called off before the platform was told");
            case REFUNDED -> rows.end(claim, State.SKIPPED, "given back before the platform was told");
            case PENDING, PAID, SHORT -> {
                Connection connection = wiring.connection(claim.connectionId());
                wiring.channel(connection).conversions(connection).purchased(List.of(purchase(order)));
                rows.end(claim, State.TOLD, null);
            }
        }
    }

    private static Conversions.Purchase purchase(OrderView order) {
        return new Conversions.Purchase(
                order.id().toString(),
                order.placedAt(),
                order.lines(),
                order.total(),
                order.email(),
                order.attribution().campaign());
    }
}
