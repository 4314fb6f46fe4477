package dev.weir.tiktokshop.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import org.jspecify.annotations.Nullable;

/** Which product and which SKU of it is a listing? Kept as {@code product/sku}, because stock is written per product. */
record StockRef(String product, String sku) {
    static @Nullable StockRef of(Listing listing) {
        String text = listing.stockRef();
        if (text == null || !text.matches("[0-9]{1,19}/[0-9]{1,19}")) {
            return null;
        }
        int slash = text.indexOf('/');
        return new StockRef(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Why a listing without one cannot be written. */
    static ChannelException missing(Listing listing) {
        return new ChannelException(
                Fault.REJECTED,
                "stockRef: " + listing.stockRef() + " (expected: product/sku) for sku " + listing.sku());
    }

    @Override
    public String toString() {
        return product + "/" + sku;
    }
}
