package dev.weir.bench.fire;

import java.util.List;

/**
 * What can be asked of a hub under fire? The seam at which the true shop and the naive ones of the negative controls are
 * exchanged. Any method may throw: nobody knows then whether it was done.
 */
interface HubShop extends AutoCloseable {

    /** All lines or none; the same key is the same hold. */
    Answer hold(String brand, String key, List<Line> lines) throws Exception;

    Answer commit(String brand, String id) throws Exception;

    Answer release(String brand, String id) throws Exception;

    Answer pay(String brand, String id) throws Exception;

    /** A channel's sale without a hold. */
    Answer sell(String brand, String cause, Line line) throws Exception;

    /** A cancelled order's units come back. */
    Answer restock(String brand, String cause, Line line) throws Exception;

    Answer onHand(String brand, Line level) throws Exception;

    Answer level(String brand, String sku) throws Exception;

    /** What only a shop with bundles, and with channels that sell from a number, can be asked. */
    default Answer more(Event.Op op, String brand, String id, List<Line> lines) throws Exception {
        throw new UnsupportedOperationException(op + ": not understood (expected: by a shop with channels)");
    }

    /** Called once a second. */
    void tend();

    @Override
    void close();
}
