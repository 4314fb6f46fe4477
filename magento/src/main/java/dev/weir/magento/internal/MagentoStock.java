package dev.weir.magento.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many units may the shop sell? What its website can sell, by MSI or, where that was removed, by the old stock item; which of them
 * is a setting, or found out once a day. Magento compares nothing: writes of one connection take turns.
 */
public final class MagentoStock implements StockRead, StockWrite {
    /** As many rows as Magento saves without a deadlock of its stock index. */
    private static final int BATCH = 100;

    private static final Duration KIND_KEPT = Duration.ofDays(1);

    private final MagentoClient client;

    /** The stock of one website. */
    public MagentoStock(MagentoClient client) {
        this.client = client;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public Map<Sku, Integer> read(List<Listing> listings) {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        Map<String, BigDecimal> salable =
                salable(listings.stream().map(listing -> listing.sku().value()).toList());
        for (Listing listing : listings) {
            BigDecimal quantity = salable.get(listing.sku().value());
            if (quantity != null) {
                units.put(listing.sku(), whole(quantity));
            }
        }
        return units;
    }

    /** Reads one number, to see whether stock may be read. */
    public void probe() {
        salable(List.of("-"));
    }

    @Override
    public List<Outcome> write(List<Target> levels) {
        Map<Sku, Integer> wanted = new LinkedHashMap<>();
        levels.forEach(target -> wanted.put(target.level().sku(), target.level().available()));
        return wanted.isEmpty() ? List.of() : client.memory().alone(() -> units().set(wanted));
    }

    /** Quantities by SKU, whatever its case; those that the shop does not count are left out. */
    Map<String, BigDecimal> salable(List<String> skus) {
        return units().salable(skus);
    }

    /** Whether the shop would refuse to sell all of {@code needed} now, as far as it counts them. */
    boolean shortOf(Map<Sku, Integer> needed) {
        Map<String, BigDecimal> salable =
                salable(needed.keySet().stream().map(Sku::value).toList());
        return needed.entrySet().stream().anyMatch(need -> {
            BigDecimal there = salable.get(need.getKey().value());
            return there != null && whole(there) < need.getValue();
        });
    }

    /** Whether sources and reservations are counted; the setting, or whether the route is there. */
    public boolean hasSources() {
        return switch (client.connection().setting("inventory", "auto")) {
            case "msi" -> true;
            case "legacy" -> false;
            default -> client.memory().keep("msi", KIND_KEPT, Boolean.class, this::detect);
        };
    }

    private boolean detect() {
        try {
            client.get(
                    "stocks",
                    "/inventory/stocks",
                    new Search().ascending("stock_id").page(1, 1));
            return true;
        } catch (ChannelException e) {
            if (e.fault() == Fault.REJECTED && String.valueOf(e.getMessage()).contains("HTTP 404")) {
                return false;
            }
            throw e;
        }
    }

    private Units units() {
        return hasSources() ? new SourceUnits(client) : new LegacyUnits(client);
    }

    /** Whole units that can be sold: rounded down, never negative. */
    static int whole(BigDecimal quantity) {
        return Math.max(
                0,
                quantity.setScale(0, RoundingMode.FLOOR)
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .intValueExact());
    }
}
