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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How is the number that TikTok sells from set? Absolute units available in one warehouse, one call per product; SKUs
 * that are refused are named inside an answer of code 0, and those not named were taken.
 */
public final class TikTokStock implements StockRead, StockWrite {
    /** No limit is documented; a product has at most 100 SKUs. */
    private static final int BATCH = 100;

    private static final Set<Integer> UNKNOWN = Set.of(12019150, 12052032, 12052260, 12052990);

    private final TikTokClient client;
    private final Connection connection;

    /** The stock of one shop. */
    public TikTokStock(TikTokClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
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
        Map<Sku, Integer> units = new LinkedHashMap<>();
        List<String> ids = List.copyOf(skus.keySet());
        for (int from = 0; from < ids.size(); from += 10) {
            ObjectNode body = TikTokClient.JSON.createObjectNode();
            ArrayNode wanted = body.putArray("sku_ids");
            ids.subList(from, Math.min(ids.size(), from + 10)).forEach(wanted::add);
            JsonNode data = client.post("InventorySearch", "/product/202309/inventory/search", Map.of(), body);
            for (JsonNode product : data.path("inventory")) {
                product.path("skus").forEach(sku -> collect(sku, skus, units));
            }
        }
        return units;
    }

    private void collect(JsonNode sku, Map<String, Sku> skus, Map<Sku, Integer> units) {
        Sku ours = skus.get(sku.path("id").asText());
        for (JsonNode warehouse : sku.path("warehouse_inventory")) {
            if (ours != null && warehouse.path("warehouse_id").asText().equals(connection.setting("warehouseId"))) {
                units.put(ours, Math.max(0, warehouse.path("available_quantity").asInt()));
            }
        }
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
                outcomes.add(new Outcome(
                        target.level().sku(),
                        new ChannelException(
                                Fault.REJECTED,
                                "stockRef: " + target.listing().stockRef() + " (expected: product/sku) for sku "
                                        + target.level().sku())));
            } else {
                products.computeIfAbsent(ref.product(), product -> new LinkedHashMap<>())
                        .merge(
                                ref.sku(),
                                target,
                                (a, b) -> a.level().version() > b.level().version() ? a : b);
            }
        }
        products.forEach((product, skus) -> outcomes.addAll(writeProduct(product, skus)));
        return outcomes;
    }

    private List<Outcome> writeProduct(String product, Map<String, Target> skus) {
        JsonNode data;
        try {
            data = client.post(
                    "InventoryUpdate",
                    "/product/202309/products/" + product + "/inventory/update",
                    Map.of(),
                    body(skus));
        } catch (ChannelException e) {
            if (e.fault() != Fault.NOT_FOUND && e.fault() != Fault.REJECTED) {
                throw e;
            }
            return skus.values().stream()
                    .map(target -> new Outcome(target.level().sku(), e))
                    .toList();
        }
        Map<String, ChannelException> refusals = refusals(data);
        List<Outcome> outcomes = new ArrayList<>();
        skus.forEach((id, target) -> outcomes.add(new Outcome(target.level().sku(), refusals.get(id))));
        return outcomes;
    }

    private ObjectNode body(Map<String, Target> skus) {
        ObjectNode body = TikTokClient.JSON.createObjectNode();
        ArrayNode rows = body.putArray("skus");
        skus.forEach((id, target) -> rows.addObject()
                .put("id", id)
                .putArray("inventory")
                .addObject()
                .put("warehouse_id", connection.setting("warehouseId"))
                .put("quantity", target.level().available()));
        return body;
    }

    private static Map<String, ChannelException> refusals(JsonNode data) {
        Map<String, ChannelException> refusals = new LinkedHashMap<>();
        for (JsonNode error : data.path("errors")) {
            JsonNode extra = error.path("detail").path("extra_errors").path(0);
            boolean unknown =
                    extra.isMissingNode() && UNKNOWN.contains(error.path("code").asInt());
            String text =
                    error.path("code").asText() + " " + error.path("message").asText()
                            + (extra.isMissingNode()
                                    ? ""
                                    : ": " + extra.path("code").asText() + " "
                                            + extra.path("message").asText());
            refusals.put(
                    error.path("detail").path("sku_id").asText(),
                    new ChannelException(unknown ? Fault.NOT_FOUND : Fault.REJECTED, "InventoryUpdate: " + text));
        }
        return refusals;
    }
}
