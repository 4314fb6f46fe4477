package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.orders.Shipments;
import dev.weir.routes.ChannelErrands;
import dev.weir.routes.internal.ErrandRows.Claim;
import dev.weir.routes.internal.ErrandRows.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;

/**
 * How does a shop hear what it is to be told? Steps of {@code order-push} and {@code errands}: a message becomes a row, and a drain per
 * shop and kind tells it until the shop has taken it or said no, so that a slow shop holds up nobody else. A lost answer is asked for
 * again: the ports look before they act.
 */
public final class ErrandSteps implements ChannelErrands {
    /** What is not there (yet) is asked for this often, every 30 s, before the errand is given back. */
    private static final int MOST_NOT_FOUND = 200;

    private final Wiring wiring;
    private final ErrandRows rows;
    private final ShipRun ship;
    private final RefundRun refunds;
    private final CallOffRun callOffs;
    private final Map<Kind, ErrandRun> runs;
    private final Meter meter;
    private final Set<Lane> drained = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ErrandSteps(
            Wiring wiring,
            ErrandRows rows,
            ShipRun ship,
            RefundRun refunds,
            CallOffRun callOffs,
            List<ErrandRun> others) {
        this.wiring = wiring;
        this.rows = rows;
        this.ship = ship;
        this.refunds = refunds;
        this.callOffs = callOffs;
        this.runs = Stream.concat(Stream.of(ship, refunds, callOffs), others.stream())
                .collect(Collectors.toUnmodifiableMap(ErrandRun::kind, Function.identity()));
        this.meter = wiring.meter("errands", "Tells shops of shipments, prices, refunds and cancellations");
    }

    /** Step: notes a shipment, or an order that was called off, that another shop or its buyer's gateway is to hear of. */
    public void note(@Body String message) {
        JsonNode event = Json.read(message);
        callOffs.note(event);
        if (event.path("type").asText().equals(Shipments.SHIPPED)) {
            JsonNode shipped = event.path("payload");
            ship.note(
                    UUID.fromString(shipped.path("orderId").asText()),
                    UUID.fromString(shipped.path("shipmentId").asText()),
                    shipped.path("source").asText());
            drain();
        }
    }

    /** Step: starts a drain for every shop with due errands. */
    public void drain() {
        rows.due().forEach(this::start);
    }

    void close() {
        closed = true;
    }

    private void start(Lane lane) {
        if (!closed && drained.add(lane)) {
            Thread.ofVirtual()
                    .name("errand-" + lane.kind() + "-" + lane.connectionId())
                    .start(() -> {
                        try {
                            drain(lane);
                        } finally {
                            drained.remove(lane);
                        }
                    });
        }
    }

    private void drain(Lane lane) {
        ErrandRun run = runs.get(lane.kind());
        Optional<Connection> connection = wiring.connections().find(lane.connectionId());
        if (run == null || connection.isEmpty()) {
            refuseAll(lane, run == null ? lane.kind() + " is not done by this hub" : "the shop is no longer connected");
            return;
        }
        int most = run.most(connection.get());
        List<Claim> claims = rows.claim(lane, most);
        while (!claims.isEmpty() && !closed) {
            handle(run, connection.get(), claims);
            claims = rows.claim(lane, most);
        }
    }

    private void refuseAll(Lane lane, String why) {
        rows.claim(lane, 100).forEach(claim -> rows.end(claim, State.REFUSED, null, why));
    }

    private void handle(ErrandRun run, Connection connection, List<Claim> claims) {
        try {
            Map<Claim, ErrandRun.Told> told = run.run(connection, claims);
            for (Claim claim : claims) {
                ErrandRun.Told one = told.getOrDefault(claim, ErrandRun.Told.taken(null));
                if (one.fault() == null) {
                    rows.end(claim, State.DONE, one.externalId(), null);
                    meter.ok(1);
                } else {
                    failed(claim, one.fault());
                }
            }
        } catch (RuntimeException e) {
            claims.forEach(claim -> failed(claim, e));
        }
    }

    private void failed(Claim claim, RuntimeException failure) {
        meter.fail(claim.lane().kind() + " " + claim.key() + ": " + FaultPolicy.reason(failure));
        if (failure instanceof ChannelException said && isNo(said.fault(), claim.attempt())) {
            rows.end(claim, State.REFUSED, null, FaultPolicy.reason(said));
            return;
        }
        FaultPolicy.Verdict verdict = FaultPolicy.ORDERS.decide(failure, claim.attempt());
        Duration wait = switch (verdict) {
            case FaultPolicy.Verdict.Retry retry -> retry.after();
            case FaultPolicy.Verdict.Park park -> park.lookAgain() == null ? FaultPolicy.LATER : park.lookAgain();
        };
        rows.tryLater(claim, wait, verdict.reason());
    }

    private static boolean isNo(Fault fault, int attempt) {
        return switch (fault) {
            case REJECTED, UNSUPPORTED -> true;
            case NOT_FOUND -> attempt >= MOST_NOT_FOUND;
            case TRANSIENT, THROTTLED, OUTCOME_UNKNOWN, UNAUTHORISED, CONFLICT -> false;
        };
    }

    @Override
    public void refund(UUID orderId, Refund refund) {
        refunds.ask(orderId, refund);
    }

    @Override
    public List<Errand> ofOrder(UUID orderId) {
        return rows.ofOrder(orderId);
    }

    @Override
    public List<Errand> refused(String brand, int limit) {
        return rows.refused(brand, limit);
    }

    @Override
    public boolean retry(String brand, Kind kind, UUID connectionId, String key) {
        return rows.retry(brand, kind, connectionId, key);
    }
}
