package dev.weir.reservation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What should the ledger answer? The promise in plain words: maps, and no database. */
final class ModelStock {
    /** The one bundle. */
    static final String BUNDLE = "S";

    private final Duration holdFor;
    private final Duration payingFor;
    private final Duration inFlight;
    private final Map<String, Integer> onHand = new TreeMap<>();
    private final Map<String, Integer> sold = new TreeMap<>();
    private final Map<Integer, Kept> holds = new TreeMap<>();
    private final Map<String, ModelAllocation> allocations = new TreeMap<>();
    private final Map<Integer, Boolean> open = new TreeMap<>();
    private Map<String, Integer> bundle = Map.of();
    private Duration now = Duration.ZERO;

    ModelStock(Map<String, Integer> onHand, Duration holdFor, Duration payingFor, Duration inFlight) {
        this.onHand.putAll(onHand);
        this.holdFor = holdFor;
        this.payingFor = payingFor;
        this.inFlight = inFlight;
        onHand.keySet().forEach(sku -> allocations.put(sku, new ModelAllocation()));
    }

    private static final class Kept {
        final List<Move.Units> lines;
        final Map<String, Integer> units;
        String phase = "HELD";
        Duration until;

        Kept(List<Move.Units> lines, Map<String, Integer> units, Duration until) {
            this.lines = lines;
            this.units = units;
            this.until = until;
        }
    }

    /** The outcome in words. */
    String apply(Move move) {
        lapse();
        return switch (move) {
            case Move.Hold(var key, var lines) -> hold(key, lines);
            case Move.Release(var key, var joined) -> release(key);
            case Move.Pay(var key) -> pay(key);
            case Move.Commit(var key) -> commit(key);
            case Move.Sell(var channel, var order, var line) -> sell(channel, order, line);
            case Move.Restock(var line) -> restock(line);
            case Move.Count(var line) -> count(line);
            case Move.Resize(var line) -> own(line.sku()).resize(line.units(), free(line.sku()));
            case Move.Publish(var sku) -> "told " + own(sku).publish(free(sku));
            case Move.Confirm(var sku) -> {
                own(sku).confirm(now.plus(inFlight));
                yield "confirmed";
            }
            case Move.Compose(var parts) -> {
                bundle = sum(parts);
                yield "composed";
            }
            case Move.Wait(var time) -> {
                now = now.plus(time);
                yield "done";
            }
            case Move.Sweep() -> "done";
            case Move.Settle() -> {
                allocations.values().forEach(allocation -> allocation.settle(now));
                yield "done";
            }
        };
    }

    /** Each SKU's numbers, and the orders whose case is open. */
    String levels() {
        lapse();
        StringBuilder levels = new StringBuilder();
        onHand.forEach((sku, units) -> levels.append("%s %d %d %d %d %d;"
                .formatted(sku, units, held(sku), sold.getOrDefault(sku, 0), own(sku).units, free(sku))));
        open.forEach((order, isOpen) -> levels.append(isOpen ? " open " + order : ""));
        return levels.toString();
    }

    private void lapse() {
        holds.values().stream()
                .filter(kept -> live(kept) && kept.until.compareTo(now) <= 0)
                .forEach(kept -> kept.phase = "EXPIRED");
    }

    private static boolean live(Kept kept) {
        return kept.phase.equals("HELD") || kept.phase.equals("PAYING");
    }

    private static Map<String, Integer> sum(List<Move.Units> lines) {
        Map<String, Integer> sum = new TreeMap<>();
        lines.forEach(line -> sum.merge(line.sku(), line.units(), Integer::sum));
        return sum;
    }

    /** Per SKU that has stock: the bundle is what it is made of now. */
    private Map<String, Integer> units(Map<String, Integer> lines) {
        Map<String, Integer> units = new TreeMap<>();
        lines.forEach((sku, count) -> {
            if (sku.equals(BUNDLE) && !bundle.isEmpty()) {
                bundle.forEach((part, each) -> units.merge(part, each * count, Integer::sum));
            } else {
                units.merge(sku, count, Integer::sum);
            }
        });
        return units;
    }

    private ModelAllocation own(String sku) {
        return allocations.getOrDefault(sku, new ModelAllocation());
    }

    private int held(String sku) {
        return holds.values().stream()
                .filter(ModelStock::live)
                .mapToInt(kept -> kept.units.getOrDefault(sku, 0))
                .sum();
    }

    private int free(String sku) {
        return onHand.getOrDefault(sku, 0) - held(sku) - sold.getOrDefault(sku, 0) - own(sku).units;
    }

    private String hold(int key, List<Move.Units> lines) {
        Kept before = holds.get(key);
        if (before != null) {
            return before.lines.equals(lines) ? "granted again" : "key reused";
        }
        Map<String, Integer> asked = sum(lines);
        Map<String, Integer> units = units(asked);
        for (String sku : units.keySet()) {
            if (!onHand.containsKey(sku)) {
                return "unknown " + sku;
            }
        }
        for (Map.Entry<String, Integer> line : units.entrySet()) {
            if (free(line.getKey()) < line.getValue()) {
                return soldOut(asked, line.getKey(), line.getValue());
            }
        }
        holds.put(key, new Kept(lines, units, now.plus(holdFor)));
        return "granted";
    }

    /** Who asked for the scarce SKU only inside the bundle hears of the bundle. */
    private String soldOut(Map<String, Integer> asked, String scarce, int units) {
        Integer each = asked.containsKey(BUNDLE) ? bundle.get(scarce) : null;
        if (each == null || asked.containsKey(scarce)) {
            return "sold out " + scarce + " " + units + " " + free(scarce);
        }
        int bundles = asked.getOrDefault(BUNDLE, 0);
        return "sold out " + BUNDLE + " " + bundles + " " + Math.min(free(scarce) / each, bundles - 1);
    }

    private String release(int key) {
        Kept kept = holds.get(key);
        if (kept != null && live(kept)) {
            kept.phase = "RELEASED";
        }
        return kept != null && !kept.phase.equals("COMMITTED") ? "released" : "not released";
    }

    private String pay(int key) {
        Kept kept = holds.get(key);
        if (kept == null || !kept.phase.equals("HELD")) {
            return "not paying";
        }
        kept.phase = "PAYING";
        kept.until = now.plus(payingFor);
        return "paying";
    }

    private String commit(int key) {
        Kept kept = holds.get(key);
        if (kept == null) {
            return "lost unknown";
        }
        if (!live(kept)) {
            return kept.phase.equals("COMMITTED") ? "committed before" : "lost " + kept.phase.toLowerCase(Locale.ROOT);
        }
        kept.phase = "COMMITTED";
        kept.units.forEach((sku, units) -> sold.merge(sku, units, Integer::sum));
        return "committed";
    }

    private String sell(String channel, int order, Move.Units line) {
        Map<String, Integer> units = units(Map.of(line.sku(), line.units()));
        boolean owner = channel.equals(LedgerStock.OWNER);
        Map<String, Integer> available = new HashMap<>();
        units.keySet().forEach(sku -> available.put(sku, free(sku) + (owner ? own(sku).units : 0)));
        for (Map.Entry<String, Integer> part : units.entrySet()) {
            int there = available.getOrDefault(part.getKey(), 0);
            if (there < part.getValue()) {
                open.putIfAbsent(order, true);
                return "short " + part.getKey() + " " + part.getValue() + " " + there;
            }
        }
        units.forEach((sku, count) -> {
            if (owner) {
                own(sku).take(Math.min(count, own(sku).units));
            }
            sold.merge(sku, count, Integer::sum);
        });
        open.computeIfPresent(order, (any, was) -> false);
        return "sold";
    }

    private String restock(Move.Units line) {
        if (line.sku().equals(BUNDLE) && !bundle.isEmpty()) {
            return "refused";
        }
        Map<String, Integer> units = units(Map.of(line.sku(), line.units()));
        for (Map.Entry<String, Integer> part : units.entrySet()) {
            if (sold.getOrDefault(part.getKey(), 0) < part.getValue()) {
                return "refused";
            }
        }
        units.forEach((sku, count) -> sold.merge(sku, -count, Integer::sum));
        return "restocked";
    }

    private String count(Move.Units line) {
        String sku = line.sku();
        if (line.units() < held(sku) + sold.getOrDefault(sku, 0) + own(sku).units) {
            return "refused";
        }
        onHand.put(sku, line.units());
        return "counted";
    }
}
