package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How is the number that TikTok sells from set? Absolute units available in one warehouse, one call per product; SKUs
 * that are refused are named inside an answer of code 0, and those not named were taken. A SKU that other warehouses hold
 * too is written together with what they hold, because the platform takes no part of it.
 */
public final class TikTokStock implements StockRead, StockWrite {
    /** No limit is documented; a product has at most 100 SKUs. */
    private static final int BATCH = 100;

    private static final int SEARCHED = 10;
    private static final String UPDATE = "InventoryUpdate";

    private final TikTokClient client;
    private final Connection connection;
    private final Lane lane;

    /** The stock of one shop. */
    public TikTokStock(TikTokClient client) {
        this(client, Lane.STOCK);
    }

    private TikTokStock(TikTokClient client, Lane lane) {
        this.client = client;
        this.lane = lane;
        connection = client.connection();
    }

    @Override
    public List<Outcome> catchUp(List<Target> levels) {
        return new TikTokStock(client.shy(), Lane.CATALOGUE).write(levels);
    }

    @Override
    public int levelsPerCall() {
        return 1;
    }

    @Override
    public Map<Sku, Integer> read(List<Listing> listings) {
        Map<String, Sku> skus = new LinkedHashMap<>();
        for (Listing listing : listings) {
            StockRef ref = StockRef.of(listing);
            if (ref != null) {
                skus.put(ref.sku(), listing.sku());
            }
        }
        String warehouse = connection.setting("warehouseId");
        Map<Sku, Integer> units = new LinkedHashMap<>();
        warehouses(skus.keySet()).forEach((id, held) -> {
            Sku ours = skus.get(id);
            if (ours != null && held.containsKey(warehouse)) {
                units.put(ours, held.get(warehouse));
            }
        });
        return units;
    }

    /** What each warehouse has available, by SKU. */
    private Map<String, Map<String, Integer>> warehouses(Collection<String> skus) {
        Map<String, Map<String, Integer>> found = new LinkedHashMap<>();
        List<String> ids = List.copyOf(skus);
        for (int from = 0; from < ids.size(); from += SEARCHED) {
            ObjectNode body = TikTokClient.JSON.createObjectNode();
            ArrayNode wanted = body.putArray("sku_ids");
            ids.subList(from, Math.min(ids.size(), from + SEARCHED)).forEach(wanted::add);
            JsonNode data =
                    client.send(TikTokCall.post(lane, "InventorySearch", "/product/202309/inventory/search", body));
            for (JsonNode product : data.path("inventory")) {
                product.path("skus").forEach(sku -> found.put(sku.path("id").asText(), held(sku)));
            }
        }
        return found;
    }

    private static Map<String, Integer> held(JsonNode sku) {
        Map<String, Integer> held = new LinkedHashMap<>();
        for (JsonNode warehouse : sku.path("warehouse_inventory")) {
            held.put(
                    warehouse.path("warehouse_id").asText(),
                    Math.max(0, warehouse.path("available_quantity").asInt()));
        }
        return held;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public List<Outcome> write(List<Target> levels) {
        if (levels.size() > BATCH) {
            throw new IllegalArgumentException("levels: " + levels.size() + " (expected: at most " + BATCH + ")");
        }
        Map<String, Map<String, Target>> products = new LinkedHashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Target target : levels) {
            StockRef ref = StockRef.of(target.listing());
            if (ref == null) {
                outcomes.add(new Outcome(target.level().sku(), StockRef.missing(target.listing())));
            } else {
                products.computeIfAbsent(ref.product(), product -> new LinkedHashMap<>())
                        .merge(ref.sku(), target, TikTokStock::newer);
            }
        }
        Abreast.each(List.copyOf(products.entrySet()), product -> writeProduct(product.getKey(), product.getValue()))
                .forEach(outcomes::addAll);
        return outcomes;
    }

    private static Target newer(Target one, Target other) {
        return one.level().version() > other.level().version() ? one : other;
    }

    private List<Outcome> writeProduct(String product, Map<String, Target> skus) {
        Map<String, ChannelException> refusals;
        try {
            JsonNode data = update(product, skus, Map.of());
            refusals = new LinkedHashMap<>(Refusals.of(UPDATE, data));
            Set<String> shared = Refusals.forWantOfWarehouses(data);
            if (!shared.isEmpty()) {
                Map<String, Target> again = new LinkedHashMap<>(skus);
                again.keySet().retainAll(shared);
                refusals.keySet().removeAll(shared);
                refusals.putAll(Refusals.of(UPDATE, update(product, again, warehouses(shared))));
            }
        } catch (ChannelException e) {
            if (e.fault() != Fault.NOT_FOUND && e.fault() != Fault.REJECTED) {
                throw e;
            }
            return skus.values().stream()
                    .map(target -> new Outcome(target.level().sku(), e))
                    .toList();
        }
        List<Outcome> outcomes = new ArrayList<>();
        skus.forEach((id, target) -> outcomes.add(new Outcome(target.level().sku(), refusals.get(id))));
        return outcomes;
    }

    /** @param elsewhere what the other warehouses hold, for SKUs that must be written whole */
    private JsonNode update(String product, Map<String, Target> skus, Map<String, Map<String, Integer>> elsewhere) {
        String ours = connection.setting("warehouseId");
        ObjectNode body = TikTokClient.JSON.createObjectNode();
        ArrayNode rows = body.putArray("skus");
        skus.forEach((id, target) -> {
            Map<String, Integer> held = new LinkedHashMap<>(elsewhere.getOrDefault(id, Map.of()));
            held.put(ours, Math.min(target.level().available(), mostUnits()));
            ArrayNode inventory = rows.addObject().put("id", id).putArray("inventory");
            held.forEach((warehouse, units) ->
                    inventory.addObject().put("warehouse_id", warehouse).put("quantity", units));
        });
        return client.send(
                TikTokCall.post(lane, UPDATE, "/product/202309/products/" + product + "/inventory/update", body));
    }

    /** The platform refuses more; fewer than there are can be promised without harm. */
    private int mostUnits() {
        return connection.number("mostUnits", 99_999, 1, 999_999_999);
    }
}
