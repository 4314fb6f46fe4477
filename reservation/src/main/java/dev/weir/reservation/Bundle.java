package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is one sellable SKU made of?
 *
 * @param sku what is sold; it has no stock of its own
 * @param components 1..{@link #MAX_COMPONENTS} SKUs that have stock, in order; 1..{@link #MAX_UNITS} units of each go into one
 */
public record Bundle(Sku sku, NavigableMap<Sku, Integer> components) {
    /** Most components of one bundle. */
    public static final int MAX_COMPONENTS = 20;

    /** Most units of one component. */
    public static final int MAX_UNITS = 99;

    /** Copies the components; refuses too few, too many and the bundle itself, naming them. */
    public Bundle {
        components = Collections.unmodifiableNavigableMap(new TreeMap<>(components));
        if (components.isEmpty() || components.size() > MAX_COMPONENTS) {
            throw new IllegalArgumentException(
                    "components: " + components.size() + " (expected: 1.." + MAX_COMPONENTS + ")");
        }
        for (Map.Entry<Sku, Integer> component : components.entrySet()) {
            if (component.getValue() < 1 || component.getValue() > MAX_UNITS) {
                throw new IllegalArgumentException("units of " + component.getKey() + ": " + component.getValue()
                        + " (expected: 1.." + MAX_UNITS + ")");
            }
        }
        if (components.containsKey(sku)) {
            throw new IllegalArgumentException("components: " + sku + " (expected: other SKUs than the bundle's own)");
        }
    }
}
