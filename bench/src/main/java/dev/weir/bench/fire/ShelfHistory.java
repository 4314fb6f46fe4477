package dev.weir.bench.fire;

import dev.weir.bench.fire.Linearizability.Kind;
import dev.weir.bench.fire.Linearizability.Operation;
import dev.weir.bench.fire.Shelf.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one SKU, as operations on a {@link Shelf}? Answers that got lost are completed from the ledger; the end of
 * each hold's life is an operation of its own. That a buyer was told "sold out" is compared only on request: the gate may say
 * so for a moment too often after a fault, which is counted by the sell-out instead.
 */
final class ShelfHistory {
    /** How far two clocks of one machine, and a decision and its commit, may lie apart. */
    static final long TOLERANCE_NANOS = 150_000_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final String sku;
    private final LedgerFacts facts;
    private final long holdNanos;
    private final boolean strict;
    private final Map<String, String> idByKey = new HashMap<>();
    private final Map<String, Integer> unitsById = new HashMap<>();
    private final List<Operation<Shelf>> operations = new ArrayList<>();

    private ShelfHistory(String sku, LedgerFacts facts, long holdMillis, boolean strict) {
        this.sku = sku;
        this.facts = facts;
        this.holdNanos = holdMillis * 1_000_000;
        this.strict = strict;
        facts.holds().forEach((id, fact) -> idByKey.put(fact.key(), id));
    }

    static List<Operation<Shelf>> of(
            String sku, List<Event> events, LedgerFacts facts, long holdMillis, boolean strict) {
        var history = new ShelfHistory(sku, facts, holdMillis, strict);
        events.forEach(history::add);
        history.unitsById.keySet().forEach(history::addLapse);
        history.addUnheard(events);
        return history.operations;
    }

    private void add(Event event) {
        Integer units = Line.sum(event.lines()).get(sku);
        if (units == null || event.answer().word() == Answer.Word.NOT_SENT) {
            return;
        }
        switch (event.op()) {
            case HOLD -> hold(event, units);
            case COMMIT -> commit(event);
            case RELEASE -> release(event);
            case PAY -> pay(event);
            case SELL -> sell(event, units);
            case RESTOCK -> restock(event, units);
            case ONHAND -> onHand(event, units);
            case LEVEL -> level(event);
            // Never of a SKU that is held alone.
            case CHANNEL, ALLOCATE, PUBLISHED, CONFIRM, BUNDLE -> {}
        }
    }

    private void hold(Event event, int units) {
        boolean alone = event.lines().stream().allMatch(line -> line.sku().equals(sku));
        String id =
                event.answer().word() == Answer.Word.GRANTED ? event.answer().detail() : idByKey.get(event.id());
        switch (event.answer().word()) {
            case REFUSED -> {
                if (strict && alone) {
                    read(event, shelf -> shelf.refused(units));
                }
            }
            case GRANTED, UNSURE, DONE, ALREADY, LEVEL, NOT_SENT -> {
                if (id != null) {
                    unitsById.put(id, units);
                    sureOrPerhaps(event, true, rank("HOLD", id), shelf -> shelf.hold(id, units));
                }
            }
        }
    }

    private void commit(Event event) {
        String id = event.id();
        switch (event.answer().word()) {
            case ALREADY -> read(event, shelf -> shelf.committedBefore(id));
            case REFUSED -> read(event, shelf -> shelf.notCommitted(id));
            case DONE -> sureOrPerhaps(event, true, rank("COMMIT", id), shelf -> shelf.commit(id));
            case UNSURE, GRANTED, LEVEL, NOT_SENT -> {}
        }
    }

    private void release(Event event) {
        String id = event.id();
        if (event.answer().word() == Answer.Word.REFUSED) {
            read(event, shelf -> shelf.release(id) == null ? shelf : null);
        } else {
            sureOrPerhaps(event, !"COMMITTED".equals(state(id)), rankOfEnd(id), shelf -> shelf.release(id));
        }
    }

    private void pay(Event event) {
        String id = event.id();
        if (event.answer().word() == Answer.Word.REFUSED) {
            read(event, shelf -> shelf.pay(id) == null ? shelf : null);
        } else if (event.answer().word() == Answer.Word.DONE) {
            sureOrPerhaps(event, true, rankOfPaying(id), shelf -> shelf.pay(id));
        }
    }

    private void sell(Event event, int units) {
        if (event.answer().word() == Answer.Word.REFUSED) {
            read(event, shelf -> shelf.refused(units));
        } else if (event.answer().word() == Answer.Word.DONE) {
            sureOrPerhaps(event, true, rank("SELL", event.id()), shelf -> shelf.sell(units));
        }
    }

    private void restock(Event event, int units) {
        if (event.answer().word() == Answer.Word.REFUSED) {
            read(event, shelf -> shelf.restock(units) == null ? shelf : null);
        } else if (event.answer().word() == Answer.Word.DONE) {
            sureOrPerhaps(event, true, rank("RESTOCK", event.id()), shelf -> shelf.restock(units));
        }
    }

    /** What happened once, as the ledger knows, though nobody was told that it was done by their asking. */
    private void addUnheard(List<Event> events) {
        Map<String, Event> unheard = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (Event event : events) {
            String cause = event.op() + " " + event.id();
            if (event.answer().word() == Answer.Word.DONE) {
                told.add(cause);
            }
            if (event.unsure() && Line.sum(event.lines()).containsKey(sku)) {
                unheard.merge(cause, event, (one, other) -> one.invokedNanos() <= other.invokedNanos() ? one : other);
            }
        }
        unheard.forEach((cause, event) -> {
            if (!told.contains(cause)) {
                addUnheard(event, Line.sum(event.lines()).getOrDefault(sku, 0));
            }
        });
    }

    private void addUnheard(Event event, int units) {
        String id = event.id();
        boolean moved = facts.causes().contains(event.op() + " " + id);
        switch (event.op()) {
            case SELL -> happened(event, moved, rank("SELL", id), shelf -> shelf.sell(units));
            case RESTOCK -> happened(event, moved, rank("RESTOCK", id), shelf -> shelf.restock(units));
            case COMMIT ->
                happened(event, "COMMITTED".equals(state(id)), rank("COMMIT", id), shelf -> shelf.commit(id));
            case PAY -> happened(event, wasPaying(id), rankOfPaying(id), shelf -> shelf.pay(id));
            // These may happen more than once, and do nothing then.
            case HOLD, RELEASE, ONHAND, LEVEL, CHANNEL, ALLOCATE, PUBLISHED, CONFIRM, BUNDLE -> {}
        }
    }

    private void happened(Event event, boolean yes, double rank, Function<Shelf, @Nullable Shelf> effect) {
        if (yes) {
            operations.add(
                    new Operation<>(event.invokedNanos(), NEVER, true, Kind.WRITE, rank, event.toString(), effect));
        }
    }

    private void onHand(Event event, int units) {
        sureOrPerhaps(event, true, rank("ON_HAND", "" + units), shelf -> shelf.setOnHand(units));
    }

    private void level(Event event) {
        if (event.answer().word() == Answer.Word.LEVEL) {
            int onHand = event.answer().number(0);
            int sold = event.answer().number(2);
            // What is free is not compared: a hold whose commit waits for the stock while its time runs out reads as
            // over until it is committed. Nobody is granted its units in between.
            read(event, shelf -> shelf.read(onHand, sold));
        }
    }

    private void addLapse(String id) {
        LedgerFacts.HoldFact fact = facts.holds().get(id);
        if (fact != null) {
            Phase phase = wasPaying(id) ? Phase.PAYING : Phase.HELD;
            operations.add(new Operation<>(
                    fact.expiresNanos() - TOLERANCE_NANOS,
                    fact.expiresNanos() + TOLERANCE_NANOS,
                    true,
                    Kind.WRITE,
                    rankOfEnd(id),
                    "LAPSE " + id,
                    shelf -> shelf.lapse(id, phase)));
        }
    }

    private boolean wasPaying(String id) {
        LedgerFacts.HoldFact fact = facts.holds().get(id);
        return fact != null && fact.expiresNanos() - fact.createdNanos() > holdNanos;
    }

    private String state(String id) {
        LedgerFacts.HoldFact fact = facts.holds().get(id);
        return fact == null ? "UNKNOWN" : fact.state();
    }

    /** As the ledger's movements came one after the other; what never moved comes last. */
    private double rank(String kind, String what) {
        Long rank = facts.order().get(kind + " " + sku + " " + what);
        return rank == null ? Double.MAX_VALUE : rank;
    }

    /** It moves no unit. */
    private double rankOfPaying(String id) {
        return rank("HOLD", id) + 0.5;
    }

    private double rankOfEnd(String id) {
        return Math.min(rank("RELEASE", id), rank("EXPIRE", id));
    }

    private void read(Event event, Function<Shelf, @Nullable Shelf> effect) {
        operations.add(new Operation<>(
                event.invokedNanos(), event.completedNanos(), true, Kind.READ, 0, event.toString(), effect));
    }

    private void sureOrPerhaps(Event event, boolean possible, double rank, Function<Shelf, @Nullable Shelf> effect) {
        boolean sure = !event.unsure();
        if (sure || possible) {
            operations.add(new Operation<>(
                    event.invokedNanos(),
                    sure ? event.completedNanos() : NEVER,
                    sure,
                    Kind.WRITE,
                    rank,
                    event.toString(),
                    effect));
        }
    }
}
