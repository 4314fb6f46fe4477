package dev.weir.reservation;

import org.jspecify.annotations.Nullable;

/**
 * By which rules is a SKU sold in a hot drop?
 *
 * @param fair whether buyers may wait in line for it, and the share of units in payment is capped
 * @param payingPercent of what is on hand, 1..100: most units that may be in payment at once while fair; one always may
 * @param buyerCap most units that one buyer may have in one show, held, in payment or bought; 1 or more, null for no cap
 * @param buyerNeeded whether a buyer without an id is refused; otherwise such a buyer is capped by nothing
 */
public record FairnessRules(
        boolean fair, int payingPercent, @Nullable Integer buyerCap, boolean buyerNeeded) {
    /** Everyone may have everything: what holds for a SKU of which nothing was said. */
    public static final FairnessRules NONE = new FairnessRules(false, 20, null, false);

    /** Refuses what is out of range, naming it. */
    public FairnessRules {
        if (payingPercent < 1 || payingPercent > 100) {
            throw new IllegalArgumentException("payingPercent: " + payingPercent + " (expected: 1..100)");
        }
        if (buyerCap != null && buyerCap < 1) {
            throw new IllegalArgumentException("buyerCap: " + buyerCap + " (expected: 1 or more, or none)");
        }
    }
}
