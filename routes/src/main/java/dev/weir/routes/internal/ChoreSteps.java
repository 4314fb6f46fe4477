package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.routes.ConnectionChores;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who does the chores? Step of the route {@code chores}: each look takes up what is due of the connections that are open here and no
 * other hub has in hand. A shop that is slow keeps nobody waiting but its own chores: at most 32 run in a hub at once.
 */
public final class ChoreSteps implements ConnectionChores {
    private static final int MOST = 32;
    private static final FaultPolicy POLICY =
            new FaultPolicy(Duration.ofSeconds(2), Duration.ofMinutes(10), Integer.MAX_VALUE);

    private final Wiring wiring;
    private final ChoreRows rows;
    private final Map<Kind, Chore> chores;
    private final Set<UUID> open = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MOST);
    private volatile boolean closed;

    ChoreSteps(Wiring wiring, ChoreRows rows, List<Chore> chores) {
        this.wiring = wiring;
        this.rows = rows;
        this.chores = chores.stream().collect(Collectors.toUnmodifiableMap(Chore::kind, Function.identity()));
        // So that they are shown before anything was done.
        this.chores.keySet().forEach(this::meter);
    }

    private Meter meter(Kind kind) {
        return switch (kind) {
            case SUBSCRIPTIONS ->
                wiring.meter("subscriptions", "Subscribes to the platforms' webhooks, and again to what they dropped");
            case ORDERS -> wiring.meter("orders-missed", "Asks for orders that a push should have told of");
            case AFTER_SALE -> wiring.meter("after-sale", "Asks shops that do not push for shipments and refunds");
            case CATALOGUE -> wiring.meter("catalogue-changes", "Reads listings that changed at the shops");
            case SETTLEMENTS -> wiring.meter("settlements", "Reads what the platforms paid out");
            case DRIFT -> wiring.meter("drift", "Compares shops with us, and heals what differs");
            case LISTINGS -> wiring.meter("listings-due", "Sends shops that follow what they were not sent as it is");
        };
    }

    /** The connection is there; repeatable. */
    void open(Connection connection) {
        chores.values().stream()
                .filter(chore -> wiring.channel(connection).capabilities().containsAll(chore.needs()))
                .forEach(chore -> rows.prepare(connection, chore));
        open.add(connection.id());
    }

    void close(UUID connectionId) {
        open.remove(connectionId);
    }

    void close() {
        closed = true;
    }

    /** Step: takes up what is due; does not wait for it. */
    public void look() {
        int free = places.drainPermits();
        int left = free;
        try {
            if (free > 0 && !open.isEmpty() && !closed) {
                for (ChoreRows.Claim claim : rows.claim(Set.copyOf(open), free)) {
                    left--;
                    Thread.ofVirtual()
                            .name("chore-" + claim.kind() + "-" + claim.connectionId())
                            .start(() -> handle(claim));
                }
            }
        } finally {
            places.release(left);
        }
    }

    private void handle(ChoreRows.Claim claim) {
        try {
            Chore chore = chores.get(claim.kind());
            if (chore == null) {
                rows.failed(claim, ChoreRows.LEASE, claim.kind() + " is not done by this hub");
                return;
            }
            run(claim, chore);
        } finally {
            places.release();
        }
    }

    private void run(ChoreRows.Claim claim, Chore chore) {
        Meter meter = meter(claim.kind());
        try {
            Connection connection = wiring.connection(claim.connectionId());
            rows.done(claim, chore.run(connection, claim.mark()), chore.every());
            meter.ok(1);
        } catch (RuntimeException e) {
            meter.fail("connection " + claim.connectionId() + ": " + FaultPolicy.reason(e));
            FaultPolicy.Verdict verdict = POLICY.decide(e, claim.attempt());
            Duration wait = switch (verdict) {
                case FaultPolicy.Verdict.Retry retry -> retry.after();
                // The operator may mend it, or the platform change its mind: it is asked again, but seldom.
                case FaultPolicy.Verdict.Park park -> park.lookAgain() == null ? POLICY.cap() : park.lookAgain();
            };
            rows.failed(claim, wait, verdict.reason());
        }
    }

    @Override
    public List<Standing> of(UUID connectionId) {
        return rows.of(connectionId).stream()
                .sorted(Comparator.comparing(Standing::kind))
                .toList();
    }

    @Override
    public void soon(UUID connectionId) {
        for (Kind kind : chores.keySet()) {
            // A shop that is new or has new settings is still being told its numbers, and sent our listings.
            if (kind != Kind.DRIFT && kind != Kind.LISTINGS) {
                rows.soon(connectionId, kind, Duration.ZERO);
            }
        }
    }
}
