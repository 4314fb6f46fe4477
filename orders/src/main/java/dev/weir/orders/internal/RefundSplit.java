package dev.weir.orders.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which things did the money go back for? First those that came back, then all in proportion to what they brought, to
 * the cent by largest remainder; never more for a thing than it brought. All amounts in minor units.
 */
final class RefundSplit {
    private RefundSplit() {}

    /**
     * The parts by SKU. Their sum differs from {@code amount} by what is shipping or discount: a refund that settles the
     * order takes all that its lines have left.
     *
     * @param owed what was owed before this refund
     * @param left what each SKU brought in less earlier refunds
     * @param returned amounts of the lines that came back; may be empty
     */
    static Map<Sku, Long> split(long amount, long owed, Map<Sku, Long> left, Map<Sku, Money> returned) {
        Map<Sku, Long> open = new TreeMap<>(left);
        open.values().removeIf(minor -> minor <= 0);
        if (amount >= owed) {
            return open;
        }
        Map<Sku, Long> parts = new TreeMap<>();
        long rest = amount;
        for (Map.Entry<Sku, Money> line : returned.entrySet()) {
            long part = Math.min(rest, Math.min(line.getValue().minor(), open.getOrDefault(line.getKey(), 0L)));
            if (part > 0) {
                parts.merge(line.getKey(), part, Math::addExact);
                open.merge(line.getKey(), -part, Math::addExact);
                rest -= part;
            }
        }
        spread(rest, open).forEach((sku, part) -> parts.merge(sku, part, Math::addExact));
        parts.values().removeIf(minor -> minor == 0);
        return parts;
    }

    /** At most all of {@code weights}, in proportion to them. */
    private static Map<Sku, Long> spread(long amount, Map<Sku, Long> weights) {
        long sum = weights.values().stream().mapToLong(Long::longValue).sum();
        if (amount >= sum) {
            return weights;
        }
        Map<Sku, Long> parts = new TreeMap<>();
        Map<Sku, Long> remainders = new TreeMap<>();
        weights.forEach((sku, weight) -> {
            BigInteger[] share = BigInteger.valueOf(amount)
                    .multiply(BigInteger.valueOf(weight))
                    .divideAndRemainder(BigInteger.valueOf(sum));
            parts.put(sku, share[0].longValueExact());
            remainders.put(sku, share[1].longValueExact());
        });
        long missing =
                amount - parts.values().stream().mapToLong(Long::longValue).sum();
        List<Sku> largestFirst = remainders.entrySet().stream()
                .sorted(Map.Entry.<Sku, Long>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
        largestFirst.stream().limit(missing).forEach(sku -> parts.merge(sku, 1L, Math::addExact));
        return parts;
    }
}
