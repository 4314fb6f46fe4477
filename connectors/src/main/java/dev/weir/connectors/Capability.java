package dev.weir.connectors;

/** What can a channel do? Declared by {@link Channel#capabilities()}; anything not declared is refused in fixed words. */
public enum Capability {
    /** Read the shop's listings. */
    CATALOGUE_READ,
    /** Create or update listings from ours. */
    CATALOGUE_WRITE,
    /** Read stock levels back. */
    STOCK_READ,
    /** Set stock levels. */
    STOCK_WRITE,
    /** Receive signed webhooks. */
    ORDER_WEBHOOK,
    /** List orders changed since an instant. */
    ORDER_POLL,
    /** Create our orders at the shop's backend. */
    ORDER_PUSH,
    /** Call off orders that were placed there. */
    ORDER_CANCEL,
    /** Link that opens the hub's checkout with lines filled in. */
    CHECKOUT_LINK
}
