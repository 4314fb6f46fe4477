package dev.weir.bench.fire;

import java.io.IOException;
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
    static final int SUPPLY = 40;

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
        this.history = new History(rig, brand);
    }

    Verdict run() throws Exception {
        List<Fault> plan =
                Fault.plan(seed, settings.seconds(), settings.hubs(), settings.holdMillis(), settings.faults());
        rig.empty();
        rig.awaitReady();
        stock();
        long began = System.nanoTime();
        burn(plan, began);
        rig.awaitReady();
        long healed = System.nanoTime();
        var sellOut = new SellOut(history, settings);
        List<String> broken = new ArrayList<>(sellOut.run(healed));
        List<Event> events = history.events();
        broken.addAll(HistoryChecks.broken(events, settings));
        int undecided = ledger ? ledgerChecks(events, plan.isEmpty(), broken) : 0;
        return verdict(plan, events, broken, (sellOut.lastBackNanos() - healed) / 1_000_000, undecided);
    }

    private Verdict verdict(List<Fault> plan, List<Event> events, List<String> broken, long backMillis, int undecided) {
        int granted = count(events, Event.Op.HOLD, Answer.Word.GRANTED);
        int sold = count(events, Event.Op.COMMIT, Answer.Word.DONE) + count(events, Event.Op.SELL, Answer.Word.DONE);
        int unsure = (int) events.stream().filter(Event::unsure).count();
        return new Verdict(
                seed,
                broken,
                plan.stream().map(Fault::toString).toList(),
                events.size(),
                granted,
                sold,
                unsure,
                backMillis,
                undecided);
    }

    private static int count(List<Event> events, Event.Op op, Answer.Word word) {
        return (int) events.stream().filter(event -> event.is(op, word)).count();
    }

    private void stock() throws IOException, InterruptedException {
        for (String sku : Buyers.skus()) {
            List<Line> line = List.of(new Line(sku, SUPPLY));
            for (int i = 0;
                    history.ask(i % settings.hubs(), Event.Op.ONHAND, "count", line)
                                    .word()
                            != Answer.Word.DONE;
                    i++) {
                if (i == 200) {
                    throw new IOException("stock of " + sku + ": not taken (expected: by a hub that is ready)");
                }
                Thread.sleep(50);
            }
        }
    }

    private void burn(List<Fault> plan, long began) throws Exception {
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
            new Buyers(history, settings, seed).run(began + settings.seconds() * 1_000_000_000L);
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
            var operations = ShelfHistory.of(Buyers.SOLO, events, facts, settings.holdMillis(), strict);
            var outcome = Linearizability.check(operations, Shelf.empty(), MOST_STEPS);
            return switch (outcome.result()) {
                case YES -> 0;
                case UNDECIDED -> 1;
                case NO -> {
                    broken.add("not linearizable: " + Buyers.SOLO + ", stuck at " + outcome.stuck());
                    yield 0;
                }
            };
        }
    }
}
