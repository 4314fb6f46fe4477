package dev.weir.connectors.http;

/**
 * Which calls go first when a platform's budget is short? In this order; each lane has head-room that those behind it may not
 * spend.
 */
public enum Lane {
    /** A buyer waits: holds, commits, and what gives them back. */
    HOLD,
    /** Orders, refunds, shipments. */
    ORDER,
    /** Stock levels and prices. */
    STOCK,
    /** Catalogue, statements, whatever has time. */
    CATALOGUE
}
