package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.util.List;
import java.util.Optional;

/**
 * Which SKUs are sold as several others? A hold of a bundle keeps its line as it was asked and takes the units of the
 * components; {@link StockLedger#level} of a bundle says how many can be made. Thread-safe.
 */
public interface Bundles {
    /** The bundle with this SKU, or empty when the SKU is none. */
    Optional<Bundle> find(String brand, Sku sku);

    /** Bundles in order of SKU, from {@code after} (exclusive, or the empty string) on; {@code limit} 1..500. */
    List<Bundle> list(String brand, String after, int limit);

    /**
     * Creates or replaces a bundle; holds that were granted keep the units that they took. Refused with
     * IllegalArgumentException when its SKU has stock, or when a component has none (a bundle has none either). Joins the
     * caller's transaction; repeatable.
     */
    void define(String brand, Bundle bundle);

    /** The SKU is no bundle any more; false when it was none. Joins the caller's transaction. */
    boolean dissolve(String brand, Sku sku);
}
