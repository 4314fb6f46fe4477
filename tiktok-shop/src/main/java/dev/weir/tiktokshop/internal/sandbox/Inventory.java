package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.HashMap;
import java.util.Map;

/**
 * How many of each has the shop? Available is what it sells; committed is ordered and not shipped, from the moment that an order is
 * placed, paid or not. The caller holds the store's lock.
 */
final class Inventory {
    private static final String ELSEWHERE = "7068000000000000002";
    private static final int MOST_UNITS = 99_999;

    private final Products products;
    private final Quirks quirks;

    Inventory(Products products, Quirks quirks) {
        this.products = products;
        this.quirks = quirks;
    }

    /** Takes units for a buyer. */
    ObjectNode sell(Sku sku, int quantity) {
        ObjectNode found = products.bySellerSku(sku.value());
        if (found == null || !found.path("status").asText().equals("ACTIVATE")) {
            throw new IllegalArgumentException("sku: " + sku + " (expected: one that is on sale)");
        }
        int available = found.path("available").asInt();
        if (quantity < 1 || quantity > available) {
            throw new IllegalArgumentException(
                    "quantity: " + quantity + " (expected: 1.." + available + ", the units available) for sku " + sku);
        }
        move(found, -quantity, quantity);
        return found;
    }

    /** Units of {@code sku} are for sale again. */
    void release(String sku, int quantity) {
        ObjectNode found = products.byId(sku);
        if (found != null) {
            move(found, quantity, -quantity);
        }
    }

    /** Units of {@code sku} have left the house. */
    void ship(String sku, int quantity) {
        ObjectNode found = products.byId(sku);
        if (found != null) {
            move(found, 0, -quantity);
        }
    }

    private void move(ObjectNode sku, int available, int committed) {
        products.put(sku.put("available", sku.path("available").asInt() + available)
                .put("committed", Math.max(0, sku.path("committed").asInt() + committed)));
    }

    /** SKUs that are refused are named inside an answer of code 0; the others are applied. */
    JsonNode update(String product, JsonNode body) {
        ObjectNode sku = products.ofProduct(product);
        ObjectNode data = SandboxStore.document();
        for (JsonNode row : body.path("skus")) {
            String id = row.path("id").asText();
            Map<String, Integer> given = new HashMap<>();
            row.path("inventory")
                    .forEach(each -> given.put(
                            each.path("warehouse_id").asText(TikTokShopSandbox.WAREHOUSE),
                            each.path("quantity").asInt(-1)));
            if (!id.equals(sku.path("id").asText())) {
                refuse(data, id, 12052032, "sku does not exist");
            } else if (quirks.on(Quirks.Name.STOCK_REFUSED)) {
                extra(data, id, TikTokShopSandbox.WAREHOUSE, 12052901, "status forbids the operation");
            } else if (!given.keySet().stream().allMatch(this::isKnown)) {
                extra(
                        data,
                        id,
                        row.path("inventory").path(0).path("warehouse_id").asText(),
                        12052097,
                        "no such warehouse");
            } else if (quirks.on(Quirks.Name.SECOND_WAREHOUSE) && given.size() < 2) {
                extra(data, id, ELSEWHERE, 12019028, "all warehouses of the sku must be in the update");
            } else if (given.values().stream().anyMatch(units -> units < 0 || units > MOST_UNITS)) {
                refuse(data, id, 12019024, "quantity out of bounds");
            } else {
                apply(sku, given);
            }
        }
        return data;
    }

    private void apply(ObjectNode sku, Map<String, Integer> given) {
        int elsewhere = given.getOrDefault(ELSEWHERE, sku.path("elsewhere").asInt());
        int here = given.getOrDefault(
                TikTokShopSandbox.WAREHOUSE, sku.path("available").asInt());
        products.put(sku.put("available", here).put("elsewhere", elsewhere));
    }

    private boolean isKnown(String warehouse) {
        return warehouse.equals(TikTokShopSandbox.WAREHOUSE)
                || (warehouse.equals(ELSEWHERE) && quirks.on(Quirks.Name.SECOND_WAREHOUSE));
    }

    private static ObjectNode refuse(ObjectNode data, String sku, int code, String message) {
        return data.withArray("errors")
                .addObject()
                .put("code", code)
                .put("message", message)
                .putObject("detail")
                .put("sku_id", sku);
    }

    private static void extra(ObjectNode data, String sku, String warehouse, int code, String message) {
        refuse(data, sku, 12052990, "check failed")
                .putArray("extra_errors")
                .addObject()
                .put("warehouse_id", warehouse)
                .put("code", code)
                .put("message", message);
    }

    JsonNode search(JsonNode body) {
        if (body.path("sku_ids").size() > 10) {
            throw new Refusal(200, 12019087, "more than 10 sku_ids");
        }
        ObjectNode data = SandboxStore.document();
        ArrayNode inventory = data.putArray("inventory");
        for (JsonNode id : body.path("sku_ids")) {
            ObjectNode sku = products.byId(id.asText());
            if (sku != null) {
                inventory.add(view(sku));
            }
        }
        return data;
    }

    private ObjectNode view(ObjectNode sku) {
        int elsewhere =
                quirks.on(Quirks.Name.SECOND_WAREHOUSE) ? sku.path("elsewhere").asInt() : 0;
        int available = sku.path("available").asInt();
        int committed = sku.path("committed").asInt();
        ObjectNode product =
                SandboxStore.document().put("product_id", sku.path("product_id").asText());
        ObjectNode view = product.putArray("skus")
                .addObject()
                .put("id", sku.path("id").asText())
                .put("seller_sku", sku.path("seller_sku").asText())
                .put("total_available_quantity", available + elsewhere)
                .put("total_committed_quantity", committed);
        ArrayNode warehouses = view.putArray("warehouse_inventory");
        warehouse(warehouses, TikTokShopSandbox.WAREHOUSE, available, committed);
        if (quirks.on(Quirks.Name.SECOND_WAREHOUSE)) {
            warehouse(warehouses, ELSEWHERE, elsewhere, 0);
        }
        view.putObject("total_available_inventory_distribution")
                .putObject("in_shop_inventory")
                .put("quantity", available + elsewhere);
        return product;
    }

    private static void warehouse(ArrayNode warehouses, String id, int available, int committed) {
        warehouses
                .addObject()
                .put("warehouse_id", id)
                .put("available_quantity", available)
                .put("committed_quantity", committed);
    }

    ObjectNode warehouses() {
        ObjectNode data = SandboxStore.document();
        ArrayNode list = data.putArray("warehouses");
        list.addObject()
                .put("id", "7068000000000000009")
                .put("name", "Returns")
                .put("type", "RETURN_WAREHOUSE")
                .put("is_default", true);
        list.addObject()
                .put("id", TikTokShopSandbox.WAREHOUSE)
                .put("name", "Kiln yard")
                .put("type", "SALES_WAREHOUSE")
                .put("is_default", true)
                .put("effect_status", "ENABLED");
        if (quirks.on(Quirks.Name.SECOND_WAREHOUSE)) {
            list.addObject().put("id", ELSEWHERE).put("name", "Far").put("type", "SALES_WAREHOUSE");
        }
        return data;
    }

    /** Whether an entry names no warehouse, or the shop's. */
    static boolean isOurs(JsonNode entry) {
        JsonNode warehouse = entry.path("warehouse_id");
        return warehouse.isMissingNode() || warehouse.asText().equals(TikTokShopSandbox.WAREHOUSE);
    }
}
