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
    CHECKOUT_LINK,
    /** Read the listings that changed since an instant. */
    CATALOGUE_CHANGES,
    /** Set prices alone. */
    PRICE_WRITE,
    /** Give back money or units of an order there. */
    ORDER_REFUND,
    /** Tell the shop that goods have left, with their tracking. */
    FULFILMENT,
    /** List shipments and refunds changed since an instant. */
    AFTER_SALE_POLL,
    /** Take units off sale at the shop while a buyer pays here. */
    BACKEND_HOLD,
    /** Addresses that the platform takes a live stream at. */
    LIVE_DESTINATION,
    /** Answer somebody who commented, where only they read it. */
    COMMENT_REPLY,
    /** Tell the platform which of its visitors bought here. */
    CONVERSIONS,
    /** Read what the platform paid out, line by line. */
    SETTLEMENT,
    /** Say at the platform where its webhooks go, and see whether it still knows. */
    WEBHOOK_SUBSCRIPTION,
    /** Be granted access at the platform's own page, and keep the grant alive. */
    CONSENT
}
