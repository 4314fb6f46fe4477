package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.internal.DriftRows.Due;
import dev.weir.routes.internal.DriftRuns.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How is our number written over a shop's, and taken back? The shop is read again a moment before, and only what it still shows as it was
 * found is written, in the turn of that shop's lane; platforms that compare for themselves do so on top. What is to be written over what
 * is stored first, so that a heal whose answer was lost is known again.
 */
final class DriftHealer {
    private final Wiring wiring;
    private final StockSteps stock;
    private final StockWriter writer;
    private final DriftRows rows;
    private final DriftHeals heals;

    DriftHealer(Wiring wiring, StockSteps stock, StockWriter writer, DriftRows rows, DriftHeals heals) {
        this.wiring = wiring;
        this.stock = stock;
        this.writer = writer;
        this.rows = rows;
        this.heals = heals;
    }

    /** Heals the next numbers of the run; false when there are none left. */
    boolean batch(Connection shop, Run run) {
        List<Due> due = rows.due(run, Kind.STOCK, writer.batchSize(shop));
        if (!due.isEmpty()) {
            heal(shop, due, run.by());
        }
        return !due.isEmpty();
    }

    /** What became of one: it is healed, refused, or no longer what it was. */
    private void heal(Connection shop, List<Due> due, String by) {
        stock.alone(shop.id(), () -> {
            Map<Sku, StockLevel> wanted = wanted(shop, due);
            List<StockLevel> write = due(shop, due, wanted, by);
            StockWriter.Result first = writer.write(shop, write);
            Map<Sku, ChannelException> refusals = new HashMap<>(first.refusals());
            List<StockLevel> taken = new ArrayList<>(first.taken());
            List<StockLevel> again = unchanged(shop, due, conflicting(write, refusals));
            if (!again.isEmpty()) {
                // A platform that compares knew an older number than what we have just read; by now it knows this one.
                StockWriter.Result second = writer.write(shop, again);
                second.taken().forEach(level -> refusals.remove(level.sku()));
                refusals.putAll(second.refusals());
                taken.addAll(second.taken());
            }
            wiring.levels().confirmed(shop.brand(), shop.channel(), taken);
            note(due, write, taken, refusals);
            return taken.size();
        });
    }

    /** Sorts out what needs no writing, and stores what does. */
    private List<StockLevel> due(Connection shop, List<Due> due, Map<Sku, StockLevel> wanted, String by) {
        Map<Sku, Integer> shown = read(shop, due);
        List<StockLevel> write = new ArrayList<>();
        for (Due one : due) {
            Sku sku = new Sku(one.subject());
            Integer now = shown.get(sku);
            StockLevel level = wanted.get(sku);
            if (now == null || level == null) {
                rows.asks(one.id(), "The shop does not tell its number now");
            } else if (now == level.available()) {
                heals.done(one.id());
            } else if (!one.seen().equals(now.toString())) {
                rows.waits(one.id());
            } else {
                heals.due(one.id(), now, level.available(), by);
                write.add(level);
            }
        }
        return write;
    }

    private static List<Sku> conflicting(List<StockLevel> write, Map<Sku, ChannelException> refusals) {
        return write.stream()
                .map(StockLevel::sku)
                .filter(sku -> {
                    ChannelException refusal = refusals.get(sku);
                    return refusal != null && refusal.fault() == Fault.CONFLICT;
                })
                .toList();
    }

    /** Those of {@code skus} that the shop still shows as they were found. */
    private List<StockLevel> unchanged(Connection shop, List<Due> due, List<Sku> skus) {
        List<Due> some = due.stream()
                .filter(one -> skus.contains(new Sku(one.subject())))
                .toList();
        if (some.isEmpty()) {
            return List.of();
        }
        Map<Sku, Integer> shown = read(shop, some);
        Map<Sku, StockLevel> wanted = wanted(shop, some);
        return some.stream()
                .filter(one -> one.seen().equals(String.valueOf(shown.get(new Sku(one.subject())))))
                .flatMap(one -> Stream.ofNullable(wanted.get(new Sku(one.subject()))))
                .toList();
    }

    private void note(
            List<Due> due, List<StockLevel> write, List<StockLevel> taken, Map<Sku, ChannelException> refusals) {
        Set<Sku> written = write.stream().map(StockLevel::sku).collect(Collectors.toSet());
        Set<Sku> done = taken.stream().map(StockLevel::sku).collect(Collectors.toSet());
        for (Due one : due) {
            Sku sku = new Sku(one.subject());
            ChannelException refusal = refusals.get(sku);
            if (done.contains(sku)) {
                heals.done(one.id());
            } else if (refusal != null && refusal.fault() == Fault.CONFLICT) {
                heals.moved(one.id());
                rows.waits(one.id());
            } else if (refusal != null) {
                heals.refused(one.id(), FaultPolicy.reason(refusal));
            } else if (written.contains(sku)) {
                heals.refused(one.id(), "the SKU has no listing at this shop");
            }
        }
    }

    private Map<Sku, StockLevel> wanted(Connection shop, List<Due> due) {
        return wiring
                .published(shop, due.stream().map(one -> new Sku(one.subject())).toList())
                .stream()
                .collect(Collectors.toMap(StockLevel::sku, Function.identity()));
    }

    private Map<Sku, Integer> read(Connection shop, List<Due> due) {
        List<Listing> listings = wiring.catalogue()
                .listings(
                        shop.id(),
                        due.stream().map(one -> new Sku(one.subject())).toList());
        return listings.isEmpty()
                ? Map.of()
                : wiring.channel(shop).stockRead(shop).read(listings);
    }

    /** Heals one at a person's word; throws as {@link dev.weir.routes.Drifts#heal}. */
    void heal(Connection shop, Due one, String by) {
        heal(shop, List.of(one), by);
    }

    /** Takes a heal back; throws as {@link dev.weir.routes.Drifts#undo}. */
    void undo(Connection shop, Due one, DriftHeals.Standing heal, String by) {
        Sku sku = new Sku(one.subject());
        stock.alone(shop.id(), () -> {
            StockLevel wanted = wanted(shop, List.of(one)).get(sku);
            Integer now = read(shop, List.of(one)).get(sku);
            Listing listing = wiring.catalogue().listing(shop.id(), sku).orElse(null);
            if (now == null || wanted == null || listing == null) {
                throw new ChannelException(Fault.NOT_FOUND, "sku: " + sku + " (expected: one that the shop shows)");
            }
            if (wanted.available() != heal.after()) {
                throw new ChannelException(
                        Fault.CONFLICT,
                        "number: ours is " + wanted.available() + " meanwhile (expected: " + heal.after() + ")");
            }
            if (now != heal.before()) {
                if (now != heal.after()) {
                    throw new ChannelException(
                            Fault.CONFLICT,
                            "number: the shop shows " + now + " meanwhile (expected: " + heal.after() + ")");
                }
                StockLevel back = new StockLevel(sku, heal.before(), wanted.version());
                writer.lend(shop, new StockWrite.Target(back, listing));
            }
            heals.undone(one.id(), by);
            return heal.before();
        });
    }
}
