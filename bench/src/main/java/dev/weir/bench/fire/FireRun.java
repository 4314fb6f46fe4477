package dev.weir.bench.fire;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One seed: load and faults at once, then peace, then the last sale and the checks. */
final class FireRun {
    /** Units of each SKU at the beginning. */
    static final int SUPPLY = 80;

    private static final int MOST_STEPS = 300_000;

    private final FireRig rig;
    private final FireSettings settings;
    private final boolean ledger;
    private final long seed;
    private final String brand;
    private final History history;

    FireRun(FireRig rig, FireSettings settings, boolean ledger, long seed) {
        this.rig = rig;
        this.settings = settings;
        this.ledger = ledger;
        this.seed = seed;
        this.brand = "fire-" + seed + "-" + System.nanoTime();
        this.history = new History(rig, brand, new Network(seed, settings.hubs(), !ledger));
    }

    Verdict run() throws Exception {
        List<Fault> plan =
                Fault.plan(seed, settings.seconds(), settings.hubs(), settings.holdMillis(), settings.faults());
        rig.empty();
        rig.awaitReady();
        new Shopkeeper(history, settings, seed).open(SUPPLY, ledger);
        var crowd = new Crowd(history, settings, ledger, seed);
        burn(plan, crowd);
        int strayed = history.awaitStragglers();
        rig.awaitReady();
        long healed = System.nanoTime();
        var sellOut = new SellOut(history, settings, ledger);
        List<String> broken = new ArrayList<>(sellOut.run(healed));
        List<Event> events = history.events();
        broken.addAll(HistoryChecks.broken(events, settings));
        int undecided = ledger ? ledgerChecks(events, plan.isEmpty(), broken) : 0;
        return new Verdict(
                seed,
                broken,
                plan.stream().map(Fault::toString).toList(),
                Tally.of(crowd.buyers(), strayed, events),
                (sellOut.lastBackNanos() - healed) / 1_000_000,
                undecided);
    }

    private void burn(List<Fault> plan, Crowd crowd) throws Exception {
        long began = System.nanoTime();
        try (ExecutorService faults = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> strikes = new ArrayList<>();
            for (Fault fault : plan) {
                strikes.add(faults.submit(() -> {
                    long wait = began + fault.atMillis() * 1_000_000 - System.nanoTime();
                    Thread.sleep(Math.max(0, wait / 1_000_000));
                    rig.strike(fault);
                    return null;
                }));
            }
            crowd.run(began + settings.seconds() * 1_000_000_000L);
            for (Future<?> strike : strikes) {
                strike.get();
            }
        }
    }

    /** Answers how many SKUs the checker could not decide. */
    private int ledgerChecks(List<Event> events, boolean strict, List<String> broken) throws SQLException {
        try (Connection connection = rig.connect()) {
            LedgerFacts facts = LedgerFacts.read(connection, brand);
            broken.addAll(LedgerChecks.broken(connection, brand, events, facts, settings));
            var operations = ShelfHistory.of(Wares.SOLO, events, facts, settings.holdMillis(), strict);
            var outcome = Linearizability.check(operations, Shelf.empty(), MOST_STEPS);
            return switch (outcome.result()) {
                case YES -> 0;
                case UNDECIDED -> 1;
                case NO -> {
                    broken.add("not linearizable: " + Wares.SOLO + ", stuck at " + outcome.stuck());
                    yield 0;
                }
            };
        }
    }
}
