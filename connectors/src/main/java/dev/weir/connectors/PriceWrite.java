package dev.weir.connectors;

import java.util.List;

/** How is the price that a shop asks set? */
public interface PriceWrite {
    /** Most prices that one {@link #write} takes; 1 or more. */
    int batchSize();

    /** Sets prices; repeatable. What the platform refused comes back with its fault; a failed call throws. */
    List<StockWrite.Outcome> write(List<Target> prices);

    /** A price and the shop's record it belongs to. */
    record Target(Money price, Listing listing) {}
}
