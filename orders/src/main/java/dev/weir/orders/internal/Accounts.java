package dev.weir.orders.internal;

/** Which accounts does the journal know? */
final class Accounts {
    /** What lines were sold for (credit). */
    static final String SALES = "sales";

    /** What went back for lines (debit): apart from sales, so that gross stays what was sold. */
    static final String REFUNDS = "refunds";

    /** What an order's total has beyond its lines: shipping, discounts, rounding. */
    static final String ADJUSTMENTS = "shipping-and-adjustments";

    private Accounts() {}

    /** What the channel owes us (debit) until it pays out. */
    static String receivable(String channel) {
        return "receivable:" + channel;
    }
}
