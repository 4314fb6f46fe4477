package dev.weir.connectors;

import java.util.Objects;

/**
 * How many units of a SKU may a channel sell now, and as of which change?
 *
 * @param available 0 or more
 * @param version grows with every change of that SKU; the newest wins, whatever order levels arrive in
 */
public record StockLevel(Sku sku, int available, long version) {
    /** Refuses a negative level. */
    public StockLevel {
        Objects.requireNonNull(sku, "sku");
        if (available < 0) {
            throw new IllegalArgumentException("available: " + available + " (expected: 0 or more) for sku " + sku);
        }
    }
}
