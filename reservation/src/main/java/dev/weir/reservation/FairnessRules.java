package dev.weir.reservation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * By which rules is a SKU sold?
 *
 * @param fair whether buyers may wait in line for it, and the share of units in payment is capped
 * @param payingPercent of what is on hand, 1..100: most units that may be in payment at once while fair; one always may
 * @param buyerCap most units that one buyer may have in one show, held, in payment or bought; 1 or more, null for no cap
 * @param buyerNeeded whether a buyer without an id is refused; otherwise such a buyer is capped by nothing
 * @param preOrder most units that may be promised beyond what is on hand, 0..1,000,000; shops that cannot say so of a unit, and
 *     sales without a hold, never get these
 * @param shipsFrom the day from which pre-ordered units can be sent, told to whoever holds one; null when nobody knows
 */
public record FairnessRules(
        boolean fair,
        int payingPercent,
        @Nullable Integer buyerCap,
        boolean buyerNeeded,
        int preOrder,
        @Nullable LocalDate shipsFrom) {
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2999;

    /** Everyone may have everything: what holds for a SKU of which nothing was said. */
    public static final FairnessRules NONE = new FairnessRules(false, 20, null, false);

    /** The rules of a drop of what is on hand. */
    public FairnessRules(boolean fair, int payingPercent, @Nullable Integer buyerCap, boolean buyerNeeded) {
        this(fair, payingPercent, buyerCap, buyerNeeded, 0, null);
    }

    /** Refuses what is out of range, naming it. */
    public FairnessRules {
        if (payingPercent < 1 || payingPercent > 100) {
            throw new IllegalArgumentException("payingPercent: " + payingPercent + " (expected: 1..100)");
        }
        if (buyerCap != null && buyerCap < 1) {
            throw new IllegalArgumentException("buyerCap: " + buyerCap + " (expected: 1 or more, or none)");
        }
        Bounds.units("preOrder", preOrder, 0);
        if (shipsFrom != null && (shipsFrom.getYear() < FIRST_YEAR || shipsFrom.getYear() > LAST_YEAR)) {
            throw new IllegalArgumentException("shipsFrom: " + shipsFrom + " (expected: a day of the years "
                    + FIRST_YEAR + ".." + LAST_YEAR + ")");
        }
    }
}
