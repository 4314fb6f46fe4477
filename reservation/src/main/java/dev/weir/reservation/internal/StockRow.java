package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;

/** What did a locked row say, and what will it say? Values move with {@link #plus}. */
record StockRow(Sku sku, int onHand, int held, int sold, int allocated, long version) {

    /** Units that anyone may take. */
    int free() {
        return onHand - held - sold - allocated;
    }

    /** Units that are not sold and not some channel's own: what holds may share. */
    int cap() {
        return onHand - sold - allocated;
    }

    StockRow plus(Movement by) {
        return new StockRow(
                sku, onHand + by.onHand(), held + by.held(), sold + by.sold(), allocated + by.allocated(), version);
    }

    StockRow withVersion(long next) {
        return new StockRow(sku, onHand, held, sold, allocated, next);
    }
}
