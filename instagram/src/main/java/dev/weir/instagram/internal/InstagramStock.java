package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.http.Lane;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How is the number that Meta shows set and read? Quantity and availability always together: a quantity of 0 that is "in
 * stock" contradicts itself.
 */
public final class InstagramStock implements StockRead, StockWrite {
    private final ItemUpdates updates;
    private final ProductReads reads;
    private final Duration gather;

    /** The stock of one connection's catalogue. */
    public InstagramStock(Connection connection, CatalogueBatch batches, ProductReads reads) {
        updates = new ItemUpdates(batches, reads);
        this.reads = reads;
        gather = GraphBudget.between(connection);
    }

    @Override
    public Duration gather() {
        return gather;
    }

    @Override
    public int batchSize() {
        return CatalogueBatch.MOST;
    }

    @Override
    public Map<Sku, Integer> read(List<Listing> listings) {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        reads.read(listings.stream().map(listing -> listing.sku().value()).toList(), Lane.STOCK)
                .forEach((sku, product) -> units.put(new Sku(sku), ProductReads.units(product)));
        return units;
    }

    @Override
    public List<Outcome> write(List<Target> levels) {
        return write(levels, false);
    }

    @Override
    public List<Outcome> catchUp(List<Target> levels) {
        return write(levels, true);
    }

    private List<Outcome> write(List<Target> levels, boolean isShy) {
        Map<Sku, StockLevel> newest = new LinkedHashMap<>();
        for (Target target : levels) {
            StockLevel level = target.level();
            newest.merge(level.sku(), level, (one, other) -> other.version() >= one.version() ? other : one);
        }
        Map<Sku, ObjectNode> items = new LinkedHashMap<>();
        newest.forEach((sku, level) -> items.put(sku, item(sku, level.available())));
        return updates.send(
                items,
                (product, item) -> ProductReads.units(product)
                        == item.path("quantity_to_sell_on_facebook").asInt(),
                isShy);
    }

    private static ObjectNode item(Sku sku, int units) {
        return GraphClient.JSON
                .createObjectNode()
                .put("id", sku.value())
                .put("quantity_to_sell_on_facebook", units)
                .put("availability", units > 0 ? "in stock" : "out of stock");
    }
}
