package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which units do lines take, as the bundles of a brand were at one moment?
 *
 * @param version of the brand's bundles; 0 when it never had one
 * @param bySku components and their units, per bundle
 */
record Recipes(long version, Map<Sku, NavigableMap<Sku, Integer>> bySku) {
    static final Recipes NONE = new Recipes(0, Map.of());

    Recipes {
        bySku = Map.copyOf(bySku);
    }

    /** Units per SKU of stock, in order of SKU; what is no bundle stands for itself. */
    NavigableMap<Sku, Integer> units(Collection<HoldRequest.Line> lines) {
        NavigableMap<Sku, Integer> units = new TreeMap<>();
        lines.forEach(line -> add(units, line.sku(), line.quantity()));
        return units;
    }

    /** As {@link #units(Collection)}. */
    NavigableMap<Sku, Integer> units(Map<Sku, Integer> quantities) {
        NavigableMap<Sku, Integer> units = new TreeMap<>();
        quantities.forEach((sku, quantity) -> add(units, sku, quantity));
        return units;
    }

    /** Too few of {@code scarce}: who asked only for bundles that contain it is told of the first of these. */
    HoldOutcome.SoldOut soldOut(Map<Sku, Integer> asked, Sku scarce, int available) {
        for (Map.Entry<Sku, Integer> line : asked.entrySet()) {
            NavigableMap<Sku, Integer> components = bySku.get(line.getKey());
            Integer each = components == null ? null : components.get(scarce);
            if (each != null && !asked.containsKey(scarce)) {
                int whole = Math.min(available / each, line.getValue() - 1);
                return new HoldOutcome.SoldOut(line.getKey(), line.getValue(), whole);
            }
        }
        return new HoldOutcome.SoldOut(scarce, units(asked).getOrDefault(scarce, 0), available);
    }

    private void add(NavigableMap<Sku, Integer> units, Sku sku, int quantity) {
        NavigableMap<Sku, Integer> components = bySku.get(sku);
        if (components == null) {
            units.merge(sku, quantity, Math::addExact);
        } else {
            components.forEach(
                    (component, each) -> units.merge(component, Math.multiplyExact(each, quantity), Math::addExact));
        }
    }
}
