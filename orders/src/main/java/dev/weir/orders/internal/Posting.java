package dev.weir.orders.internal;

import dev.weir.connectors.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Which account gets how much?
 *
 * @param minor minor units; debit is positive, credit negative
 * @param units units sold, for {@link Accounts#SALES} only
 * @param sku null where the money is not for a thing
 */
record Posting(
        String account, long minor, long units, @Nullable Sku sku) {
    static Posting of(String account, long minor) {
        return new Posting(account, minor, 0, null);
    }
}
