package dev.weir.orders.internal;

import dev.weir.orders.AttributionRules;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.support.TransactionTemplate;

/** Judges old orders batch by batch; a batch and the place that the run has come to are one transaction. */
final class JdbcAttributionRules implements AttributionRules {
    private static final int BATCH = 50;
    private static final int MOST_RUNS = 100;
    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TransactionTemplate transaction;
    private final Clock clock;
    private final OrderStore store;
    private final Attributions attributions;
    private final Decisions decisions;
    private final RulesInForce inForce;
    private final RunRows runs;

    JdbcAttributionRules(
            TransactionTemplate transaction,
            Clock clock,
            OrderStore store,
            Attributions attributions,
            Decisions decisions,
            RulesInForce inForce,
            RunRows runs) {
        this.transaction = transaction;
        this.clock = clock;
        this.store = store;
        this.attributions = attributions;
        this.decisions = decisions;
        this.inForce = inForce;
        this.runs = runs;
    }

    @Override
    public List<RuleSet> sets() {
        return attributions.sets();
    }

    @Override
    public int inForce(String brand) {
        return inForce.of(brand);
    }

    @Override
    public void adopt(String brand, int ruleset) {
        known(ruleset);
        inForce.adopt(brand, ruleset);
    }

    @Override
    public List<Decision> of(String brand, UUID orderId) {
        return decisions.of(brand, orderId);
    }

    @Override
    public Run rerun(String brand, int ruleset, Instant from, Instant to) {
        known(ruleset);
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("to: " + to + " (expected: after from " + from + ")");
        }
        UUID id = UUID.randomUUID();
        transaction.executeWithoutResult(status -> runs.begin(id, brand, ruleset, from, to, Sql.now(clock)));
        return run(brand, id).orElseThrow();
    }

    private void known(int ruleset) {
        if (!attributions.knows(ruleset)) {
            throw new IllegalArgumentException("ruleset: " + ruleset + " (expected: one of "
                    + attributions.sets().stream().map(RuleSet::number).toList() + ")");
        }
    }

    @Override
    public Optional<Run> run(String brand, UUID id) {
        return runs.find(brand, id);
    }

    @Override
    public List<Run> runs(String brand, int limit) {
        if (limit < 1 || limit > MOST_RUNS) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST_RUNS + ")");
        }
        return runs.newest(brand, limit);
    }

    @Override
    public List<Shift> shifts(String brand, UUID runId) {
        return runs.shifts(brand, runId);
    }

    @Override
    public int carryOn() {
        long began = System.nanoTime();
        int judged = 0;
        boolean more = true;
        while (more && System.nanoTime() - began < BUDGET_NANOS) {
            int batch = Objects.requireNonNull(transaction.execute(
                    status -> runs.lockNext().map(this::batch).orElse(-1)));
            more = batch >= 0;
            judged += Math.max(0, batch);
        }
        return judged;
    }

    private int batch(RunRows.Open open) {
        Run run = open.run();
        List<StoredOrder> orders = store.lockWithoutHold(open.brand(), open.afterAt(), open.afterId(), run.to(), BATCH);
        int changed = 0;
        for (StoredOrder order : orders) {
            Attributions.Decided decided = attributions.decide(run.ruleset(), Facts.of(order));
            decisions.write(order.id(), decided, order.evidence(), "rerun/" + run.id(), run.id(), Sql.now(clock));
            changed += Objects.equals(
                            decided.winner().showId(),
                            order.view().attribution().showId())
                    ? 0
                    : 1;
        }
        if (!orders.isEmpty()) {
            StoredOrder last = orders.getLast();
            runs.advance(run.id(), orders.size(), changed, last.view().placedAt(), last.id());
        }
        if (orders.size() < BATCH) {
            runs.finish(run.id(), Sql.now(clock));
        }
        return orders.size();
    }
}
