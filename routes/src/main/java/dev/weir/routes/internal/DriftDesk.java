package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.routes.ConnectionChores;
import dev.weir.routes.Drifts;
import dev.weir.routes.internal.DriftRows.Due;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may people see and do of differences? Over the tables of the comparison. */
final class DriftDesk implements Drifts {
    private final Wiring wiring;
    private final DriftRuns runs;
    private final DriftRows rows;
    private final DriftHeals heals;
    private final DriftHealer healer;
    private final ChoreRows chores;
    private final DriftViews views;

    DriftDesk(Wiring wiring, DriftRuns runs, DriftRows rows, DriftHeals heals, DriftHealer healer, ChoreRows chores) {
        this.wiring = wiring;
        this.runs = runs;
        this.rows = rows;
        this.heals = heals;
        this.healer = healer;
        this.chores = chores;
        this.views = new DriftViews(wiring.jdbc());
    }

    @Override
    public Page list(
            String brand,
            @Nullable UUID connectionId,
            @Nullable State state,
            @Nullable UUID runId,
            @Nullable String cursor,
            int limit) {
        if (limit < 1 || limit > 200) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1..200)");
        }
        return views.list(brand, connectionId, state, runId, cursor, limit);
    }

    @Override
    public List<Sum> alive(String brand) {
        return views.alive(brand);
    }

    @Override
    public Run ask(String brand, UUID connectionId, Ask ask) {
        Connection shop = wiring.connections()
                .find(connectionId)
                .filter(one -> one.brand().equals(brand))
                .orElseThrow(() ->
                        new IllegalArgumentException("connectionId: " + connectionId + " (expected: a shop of yours)"));
        if (!wiring.channel(shop).capabilities().contains(Capability.STOCK_READ)) {
            throw new IllegalArgumentException("connectionId: " + connectionId
                    + " (expected: a shop that tells its stock; " + shop.channel() + " does not)");
        }
        runs.ask(shop, ask);
        Run run = runs.alive(connectionId)
                .orElseThrow(() -> new IllegalStateException("The run ended at this moment; ask again"));
        if (run.mode() != ask.mode() || run.forced() != ask.force()) {
            throw new IllegalStateException(
                    "A run of this shop with mode " + run.mode() + " is not through yet: " + run.id());
        }
        if (!chores.soon(connectionId, ConnectionChores.Kind.DRIFT, Duration.ZERO)) {
            // Where the routes of the shop are not open yet, the run waits for that.
            wiring.meter("drift", "Compares shops with us, and heals what differs")
                    .state("Waiting for " + shop.name() + " to be opened");
        }
        return run;
    }

    @Override
    public Optional<Run> run(String brand, UUID id) {
        return runs.find(brand, id);
    }

    @Override
    public List<Sum> sums(UUID runId) {
        return views.sums(runId);
    }

    @Override
    public List<Run> runs(String brand, int limit) {
        if (limit < 1 || limit > 100) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1..100)");
        }
        return runs.list(brand, limit);
    }

    @Override
    public Optional<Entry> heal(String brand, UUID id, String by) {
        Due one = rows.due(brand, id).orElse(null);
        if (one == null) {
            return Optional.empty();
        }
        if (one.state() != State.HEALED) {
            ofStock(one);
            if (one.state() == State.GONE) {
                throw new IllegalStateException("It came right by itself");
            }
            healer.heal(wiring.connection(one.connectionId()), one, by);
            if (rows.due(brand, id).orElseThrow().state() != State.HEALED) {
                Entry now = views.find(id);
                throw new ChannelException(
                        Fault.CONFLICT,
                        now.state() == State.ASKS
                                ? now.words()
                                : "number: the shop shows another meanwhile (expected: " + now.seen()
                                        + "); the next run tells");
            }
        }
        return Optional.of(views.find(id));
    }

    @Override
    public Optional<Entry> undo(String brand, UUID id, String by) {
        Due one = rows.due(brand, id).orElse(null);
        if (one == null) {
            return Optional.empty();
        }
        ofStock(one);
        DriftHeals.Standing heal = heals.of(id)
                .filter(standing -> standing.isDone() || standing.isUndone())
                .orElseThrow(() -> new IllegalStateException("Nothing was written for it"));
        if (!heal.isUndone()) {
            healer.undo(wiring.connection(one.connectionId()), one, heal, by);
        }
        return Optional.of(views.find(id));
    }

    private static void ofStock(Due one) {
        switch (one.kind()) {
            case STOCK -> {}
            case ORDER ->
                throw new IllegalStateException(
                        "An order is taken in by the next run that heals, and stays once it is");
            case LISTING ->
                throw new IllegalStateException(
                        "A listing is sent again by the next run that heals, and not taken back");
        }
    }
}
