package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How is the number that Meta shows set and read? Quantity and availability always together: a quantity of 0 that is "in
 * stock" contradicts itself.
 */
public final class InstagramStock implements StockRead, StockWrite {
    private final CatalogueBatch batches;
    private final ProductReads reads;

    /** The stock of one catalogue. */
    public InstagramStock(CatalogueBatch batches, ProductReads reads) {
        this.batches = batches;
        this.reads = reads;
    }

    @Override
    public int batchSize() {
        return CatalogueBatch.MOST;
    }

    @Override
    public Map<Sku, Integer> read(List<Listing> listings) {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        reads.read(listings.stream().map(listing -> listing.sku().value()).toList())
                .forEach((sku, product) -> units.put(new Sku(sku), ProductReads.units(product)));
        return units;
    }

    @Override
    public List<Outcome> write(List<Target> levels) {
        Map<Sku, Integer> newest = new LinkedHashMap<>();
        levels.forEach(target -> newest.put(target.level().sku(), target.level().available()));
        List<Map.Entry<Sku, Integer>> all = List.copyOf(newest.entrySet());
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CatalogueBatch.MOST) {
            outcomes.addAll(send(all.subList(from, Math.min(from + CatalogueBatch.MOST, all.size()))));
        }
        return outcomes;
    }

    private List<Outcome> send(List<Map.Entry<Sku, Integer>> levels) {
        List<ObjectNode> items = levels.stream()
                .map(level -> item(level.getKey(), level.getValue()))
                .toList();
        CatalogueBatch.Result result = batches.update(items, false);
        Map<String, JsonNode> shown = result.certain()
                ? Map.of()
                : reads.read(
                        levels.stream().map(level -> level.getKey().value()).toList());
        return levels.stream().map(level -> outcome(level, result, shown)).toList();
    }

    private static Outcome outcome(
            Map.Entry<Sku, Integer> level, CatalogueBatch.Result result, Map<String, JsonNode> shown) {
        Sku sku = level.getKey();
        String reason = result.refused().get(sku.value());
        if (reason != null) {
            return refused(sku, Fault.REJECTED, reason);
        }
        if (result.certain()) {
            return new Outcome(sku, null);
        }
        JsonNode product = shown.get(sku.value());
        if (product == null) {
            return refused(sku, Fault.NOT_FOUND, "not in the catalogue");
        }
        return ProductReads.units(product) == level.getValue()
                ? new Outcome(sku, null)
                : refused(sku, Fault.OUTCOME_UNKNOWN, "Meta is still working on it");
    }

    private static Outcome refused(Sku sku, Fault fault, String why) {
        return new Outcome(sku, new ChannelException(fault, "sku: " + sku + " (" + why + ")"));
    }

    private static ObjectNode item(Sku sku, int units) {
        return GraphClient.JSON
                .createObjectNode()
                .put("id", sku.value())
                .put("quantity_to_sell_on_facebook", units)
                .put("availability", units > 0 ? "in stock" : "out of stock");
    }
}
