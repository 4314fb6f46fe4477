package dev.weir.connectors;

import java.util.List;

/**
 * How many of what, for how much each?
 *
 * @param quantity 1 or more
 * @param externalIds the shop's ids of the line; more than one where a shop writes a line per unit (TikTok Shop)
 */
public record OrderLine(Sku sku, int quantity, Money unitPrice, List<String> externalIds) {
    /** Refuses a line of no units. */
    public OrderLine {
        externalIds = List.copyOf(externalIds);
        if (quantity < 1) {
            throw new IllegalArgumentException("quantity: " + quantity + " (expected: 1 or more) for sku " + sku);
        }
    }

    /** What the whole line costs. */
    public Money amount() {
        return unitPrice.times(quantity);
    }
}
