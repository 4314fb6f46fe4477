package dev.weir.reservation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What should the ledger answer? The promise in plain words: maps, and no database. */
final class ModelStock {
    private final Duration holdFor;
    private final Duration payingFor;
    private final Map<String, Integer> onHand = new TreeMap<>();
    private final Map<String, Integer> sold = new TreeMap<>();
    private final Map<Integer, Kept> holds = new TreeMap<>();
    private Duration now = Duration.ZERO;

    ModelStock(Map<String, Integer> onHand, Duration holdFor, Duration payingFor) {
        this.onHand.putAll(onHand);
        this.holdFor = holdFor;
        this.payingFor = payingFor;
    }

    private static final class Kept {
        final List<Move.Units> lines;
        String phase = "HELD";
        Duration until;

        Kept(List<Move.Units> lines, Duration until) {
            this.lines = lines;
            this.until = until;
        }
    }

    /** The outcome in words. */
    String apply(Move move) {
        lapse();
        return switch (move) {
            case Move.Hold(var key, var lines) -> hold(key, lines);
            case Move.Release(var key) -> release(key);
            case Move.Pay(var key) -> pay(key);
            case Move.Commit(var key) -> commit(key);
            case Move.Sell(var line) -> sell(line);
            case Move.Restock(var line) -> restock(line);
            case Move.Count(var line) -> count(line);
            case Move.Wait(var time) -> {
                now = now.plus(time);
                yield "waited";
            }
            case Move.Sweep() -> "swept";
        };
    }

    /** Each SKU's numbers. */
    String levels() {
        lapse();
        StringBuilder levels = new StringBuilder();
        onHand.forEach((sku, units) -> levels.append(
                "%s %d %d %d %d;".formatted(sku, units, held(sku), sold.getOrDefault(sku, 0), free(sku))));
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

    private int held(String sku) {
        return holds.values().stream()
                .filter(ModelStock::live)
                .mapToInt(kept -> sum(kept.lines).getOrDefault(sku, 0))
                .sum();
    }

    private int free(String sku) {
        return onHand.getOrDefault(sku, 0) - held(sku) - sold.getOrDefault(sku, 0);
    }

    private String hold(int key, List<Move.Units> lines) {
        Kept before = holds.get(key);
        if (before != null) {
            return before.lines.equals(lines) ? "granted again" : "key reused";
        }
        Map<String, Integer> asked = sum(lines);
        for (String sku : asked.keySet()) {
            if (!onHand.containsKey(sku)) {
                return "unknown " + sku;
            }
        }
        for (Map.Entry<String, Integer> line : asked.entrySet()) {
            if (free(line.getKey()) < line.getValue()) {
                return "sold out " + line.getKey() + " " + line.getValue() + " " + free(line.getKey());
            }
        }
        holds.put(key, new Kept(lines, now.plus(holdFor)));
        return "granted";
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
        sum(kept.lines).forEach((sku, units) -> sold.merge(sku, units, Integer::sum));
        return "committed";
    }

    private String sell(Move.Units line) {
        if (free(line.sku()) < line.units()) {
            return "short " + free(line.sku());
        }
        sold.merge(line.sku(), line.units(), Integer::sum);
        return "sold";
    }

    private String restock(Move.Units line) {
        if (sold.getOrDefault(line.sku(), 0) < line.units()) {
            return "refused";
        }
        sold.merge(line.sku(), -line.units(), Integer::sum);
        return "restocked";
    }

    private String count(Move.Units line) {
        if (line.units() < held(line.sku()) + sold.getOrDefault(line.sku(), 0)) {
            return "refused";
        }
        onHand.put(line.sku(), line.units());
        return "counted";
    }
}
