package dev.weir.magento.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** How are units counted at this shop? By sources and reservations (MSI), or by one number a product. */
sealed interface Units permits SourceUnits, LegacyUnits {
    /** What can be sold of {@code skus}, whatever their case; may be negative. Those that the shop does not count are left out. */
    Map<String, BigDecimal> salable(List<String> skus);

    /** Makes each SKU salable to exactly that number. Called by one thread at a time. */
    List<StockWrite.Outcome> set(Map<Sku, Integer> wanted);

    /** The outcome of a level that was not written. */
    static StockWrite.Outcome refused(Sku sku, Fault fault, String why) {
        return new StockWrite.Outcome(sku, new ChannelException(fault, "sku: " + sku + " (" + why + ")"));
    }
}
