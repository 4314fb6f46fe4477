package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.util.Optional;

/** Under which rules is a SKU sold? They count from the next hold on; what was promised stays promised. Thread-safe. */
public interface Fairness {
    /** The rules of a SKU of the brand's stock, or empty when it has no such SKU; a bundle has those of its components. */
    Optional<FairnessRules> rules(String brand, Sku sku);

    /** Sets them, in the caller's transaction; false when the brand's stock has no such SKU. */
    boolean setRules(String brand, Sku sku, FairnessRules rules);
}
