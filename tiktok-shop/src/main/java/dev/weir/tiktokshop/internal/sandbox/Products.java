package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What does the shop list, and how many of each has its warehouse? One SKU a product; the caller holds the store's lock. */
final class Products {
    private static final String SKUS = "skus";
    private static final String BY_SELLER_SKU = "seller-skus";
    private static final String KEYS = "create-keys";
    private static final long FIRST = 1_729_500_000_000_000_000L;
    private static final int MOST_UNITS = 99_999;

    private final SandboxStore store;

    Products(SandboxStore store) {
        this.store = store;
    }

    void add(SandboxProduct product) {
        store.locked(() -> {
            if (bySellerSku(product.sku().value()) == null) {
                put(document(product.sku().value(), product.title())
                        .put("amount", product.price().amount())
                        .put("currency", product.price().currency().getCurrencyCode())
                        .put("available", product.onHand()));
            }
            return true;
        });
    }

    private ObjectNode document(String sellerSku, String title) {
        long number = FIRST + store.next("sku") * 10;
        return SandboxStore.document()
                .put("id", Long.toString(number + 1))
                .put("product_id", Long.toString(number))
                .put("seller_sku", sellerSku)
                .put("title", title)
                .put("available", 0)
                .put("committed", 0);
    }

    /** Takes units for a buyer; an order commits its units from the moment it is placed. */
    ObjectNode sell(Sku sku, int quantity) {
        ObjectNode found = bySellerSku(sku.value());
        if (found == null) {
            throw new IllegalArgumentException("sku: " + sku + " (expected: one of the shop)");
        }
        int available = found.path("available").asInt();
        if (quantity < 1 || quantity > available) {
            throw new IllegalArgumentException(
                    "quantity: " + quantity + " (expected: 1.." + available + ", the units available) for sku " + sku);
        }
        found.put("available", available - quantity)
                .put("committed", found.path("committed").asInt() + quantity);
        put(found);
        return found;
    }

    JsonNode search(Map<String, String> query, JsonNode body) {
        if (body.path("seller_skus").size() > 10) {
            throw new Refusal(200, 12019027, "more than 10 seller_skus");
        }
        Set<String> wanted = new HashSet<>();
        body.path("seller_skus").forEach(each -> wanted.add(each.asText()));
        List<ObjectNode> found = all().stream()
                .filter(sku -> wanted.isEmpty()
                        || wanted.contains(sku.path("seller_sku").asText()))
                .toList();
        return Pages.of(found, query, "products", Products::productView);
    }

    private static ObjectNode productView(ObjectNode sku) {
        ObjectNode product = SandboxStore.document()
                .put("id", sku.path("product_id").asText())
                .put("title", sku.path("title").asText())
                .put("status", "ACTIVATE");
        ObjectNode view = product.putArray("skus")
                .addObject()
                .put("id", sku.path("id").asText())
                .put("seller_sku", sku.path("seller_sku").asText());
        view.putObject("price")
                .put("sale_price", sku.path("amount").asText())
                .put("tax_exclusive_price", sku.path("amount").asText())
                .put("currency", sku.path("currency").asText());
        view.putArray("inventory")
                .addObject()
                .put("warehouse_id", TikTokShopSandbox.WAREHOUSE)
                .put("quantity", sku.path("available").asInt());
        return product;
    }

    JsonNode create(JsonNode body) {
        String key = body.path("idempotency_key").asText("");
        ObjectNode earlier = key.isEmpty() ? null : store.get(KEYS, key);
        if (earlier != null) {
            return earlier;
        }
        JsonNode sku = body.path("skus").path(0);
        for (String name : List.of("title", "category_id", "main_images", "package_weight")) {
            if (!body.hasNonNull(name)) {
                throw new Refusal(200, 98001004, "parameter invalid: " + name + " is required");
            }
        }
        if (!warehouseOf(sku)) {
            throw new Refusal(200, 12052097, "no such warehouse");
        }
        ObjectNode made = document(
                        sku.path("seller_sku").asText(), body.path("title").asText())
                .put("amount", sku.path("price").path("amount").asText())
                .put("currency", sku.path("price").path("currency").asText())
                .put("available", sku.path("inventory").path(0).path("quantity").asInt());
        put(made);
        ObjectNode data = SandboxStore.document()
                .put("product_id", made.path("product_id").asText());
        data.putArray("skus")
                .addObject()
                .put("id", made.path("id").asText())
                .put("seller_sku", made.path("seller_sku").asText());
        data.putArray("warnings");
        if (!key.isEmpty()) {
            store.put(KEYS, key, data);
        }
        return data;
    }

    JsonNode edit(String product, JsonNode body) {
        ObjectNode sku = ofProduct(product);
        if (body.hasNonNull("title")) {
            put(sku.put("title", body.path("title").asText()));
        }
        ObjectNode data = SandboxStore.document().put("product_id", product);
        data.putObject("audit").put("status", "AUDITING");
        return data;
    }

    JsonNode prices(String product, JsonNode body) {
        ObjectNode sku = ofProduct(product);
        for (JsonNode row : body.path("skus")) {
            if (row.path("id").asText().equals(sku.path("id").asText())) {
                put(sku.put("amount", row.path("price").path("amount").asText()));
            }
        }
        return SandboxStore.document();
    }

    /** SKUs that are refused are named inside an answer of code 0; the others are applied. */
    JsonNode inventory(String product, JsonNode body) {
        ObjectNode sku = ofProduct(product);
        ObjectNode data = SandboxStore.document();
        for (JsonNode row : body.path("skus")) {
            String id = row.path("id").asText();
            int quantity = row.path("inventory").path(0).path("quantity").asInt(-1);
            if (!id.equals(sku.path("id").asText())) {
                refuse(data, id, 12052032, "sku does not exist");
            } else if (!warehouseOf(row)) {
                refuse(data, id, 12052990, "check failed")
                        .putArray("extra_errors")
                        .addObject()
                        .put(
                                "warehouse_id",
                                row.path("inventory")
                                        .path(0)
                                        .path("warehouse_id")
                                        .asText())
                        .put("code", 12052097)
                        .put("message", "no such warehouse");
            } else if (quantity < 0 || quantity > MOST_UNITS) {
                refuse(data, id, 12019024, "quantity out of bounds");
            } else {
                put(sku.put("available", quantity));
            }
        }
        return data;
    }

    private static ObjectNode refuse(ObjectNode data, String sku, int code, String message) {
        return data.withArray("errors")
                .addObject()
                .put("code", code)
                .put("message", message)
                .putObject("detail")
                .put("sku_id", sku);
    }

    JsonNode stockOf(JsonNode body) {
        if (body.path("sku_ids").size() > 10) {
            throw new Refusal(200, 12019087, "more than 10 sku_ids");
        }
        ObjectNode data = SandboxStore.document();
        ArrayNode inventory = data.putArray("inventory");
        for (JsonNode id : body.path("sku_ids")) {
            ObjectNode sku = store.get(SKUS, id.asText());
            if (sku != null) {
                inventory.add(stockView(sku));
            }
        }
        return data;
    }

    private static ObjectNode stockView(ObjectNode sku) {
        int available = sku.path("available").asInt();
        int committed = sku.path("committed").asInt();
        ObjectNode product =
                SandboxStore.document().put("product_id", sku.path("product_id").asText());
        ObjectNode view = product.putArray("skus")
                .addObject()
                .put("id", sku.path("id").asText())
                .put("seller_sku", sku.path("seller_sku").asText())
                .put("total_available_quantity", available)
                .put("total_committed_quantity", committed);
        view.putArray("warehouse_inventory")
                .addObject()
                .put("warehouse_id", TikTokShopSandbox.WAREHOUSE)
                .put("available_quantity", available)
                .put("committed_quantity", committed);
        view.putObject("total_available_inventory_distribution")
                .putObject("in_shop_inventory")
                .put("quantity", available);
        return product;
    }

    List<ObjectNode> all() {
        return store.list(SKUS);
    }

    private static boolean warehouseOf(JsonNode row) {
        JsonNode warehouse = row.path("inventory").path(0).path("warehouse_id");
        return warehouse.isMissingNode() || warehouse.asText().equals(TikTokShopSandbox.WAREHOUSE);
    }

    private ObjectNode ofProduct(String product) {
        return all().stream()
                .filter(sku -> sku.path("product_id").asText().equals(product))
                .findFirst()
                .orElseThrow(() -> new Refusal(200, 12052032, "product does not exist"));
    }

    private @Nullable ObjectNode bySellerSku(String sellerSku) {
        ObjectNode found = store.get(BY_SELLER_SKU, sellerSku);
        return found == null ? null : store.get(SKUS, found.path("id").asText());
    }

    private void put(ObjectNode sku) {
        String id = sku.path("id").asText();
        store.put(SKUS, id, sku);
        if (store.get(BY_SELLER_SKU, sku.path("seller_sku").asText()) == null) {
            store.put(
                    BY_SELLER_SKU,
                    sku.path("seller_sku").asText(),
                    SandboxStore.document().put("id", id));
        }
    }
}
