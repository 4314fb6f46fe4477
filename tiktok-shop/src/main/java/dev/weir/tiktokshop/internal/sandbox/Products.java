package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What does the shop list? One SKU a product; the caller holds the store's lock. */
final class Products {
    private static final String SKUS = "skus";
    private static final String BY_SELLER_SKU = "seller-skus";
    private static final long FIRST = 1_729_500_000_000_000_000L;
    private static final int MOST_FOUND = 10_000;

    private final SandboxStore store;
    private final Clock clock;

    Products(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
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

    ObjectNode document(String sellerSku, String title) {
        long number = FIRST + store.next("sku") * 10;
        return SandboxStore.document()
                .put("id", Long.toString(number + 1))
                .put("product_id", Long.toString(number))
                .put("seller_sku", sellerSku)
                .put("title", title)
                .put("status", "ACTIVATE")
                .put("create_time", now())
                .put("available", 0)
                .put("elsewhere", 4)
                .put("committed", 0);
    }

    JsonNode search(Map<String, String> query, JsonNode body) {
        if (body.path("seller_skus").size() > 10) {
            throw new Refusal(200, 12019027, "more than 10 seller_skus");
        }
        Set<String> wanted = new HashSet<>();
        body.path("seller_skus").forEach(each -> wanted.add(each.asText()));
        String status = body.path("status").asText("ALL");
        List<ObjectNode> found = candidates(wanted).stream()
                .filter(sku ->
                        status.equals("ALL") || sku.path("status").asText().equals(status))
                .filter(sku -> isWithin(sku, body, "create_time") && isWithin(sku, body, "update_time"))
                .toList();
        if (Pages.end(query) > MOST_FOUND) {
            throw new Refusal(200, 12052180, "search stops at 10000 products");
        }
        return Pages.of(found, query, "products", Products::view);
    }

    private List<ObjectNode> candidates(Set<String> sellerSkus) {
        return sellerSkus.isEmpty()
                ? all()
                : sellerSkus.stream()
                        .flatMap(each -> ofSellerSku(each).stream())
                        .toList();
    }

    private List<ObjectNode> ofSellerSku(String sellerSku) {
        ObjectNode known = store.get(BY_SELLER_SKU, sellerSku);
        List<ObjectNode> found = new ArrayList<>();
        if (known != null) {
            known.path("ids").forEach(id -> found.add(java.util.Objects.requireNonNull(byId(id.asText()))));
        }
        return found;
    }

    private static boolean isWithin(ObjectNode sku, JsonNode body, String name) {
        long at = sku.path(name).asLong();
        return at >= body.path(name + "_ge").asLong(0)
                && at <= body.path(name + "_le").asLong(Long.MAX_VALUE);
    }

    private static ObjectNode view(ObjectNode sku) {
        ObjectNode product = SandboxStore.document()
                .put("id", sku.path("product_id").asText())
                .put("title", sku.path("title").asText())
                .put("status", sku.path("status").asText())
                .put("create_time", sku.path("create_time").asLong())
                .put("update_time", sku.path("update_time").asLong());
        product.putObject("audit").put("status", sku.path("audit").asText("APPROVED"));
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

    /** What waited for its audit passes it. */
    void pass() {
        for (ObjectNode sku : all()) {
            if (sku.path("audit").asText().equals("AUDITING")) {
                if (sku.hasNonNull("title_under_review")) {
                    sku.put("title", sku.remove("title_under_review").asText());
                }
                put(sku.put("status", "ACTIVATE").put("audit", "APPROVED"));
            }
        }
    }

    List<ObjectNode> all() {
        return store.list(SKUS);
    }

    ObjectNode ofProduct(String product) {
        ObjectNode sku = product.matches("[0-9]{1,18}[0-9]") ? byId(Long.toString(Long.parseLong(product) + 1)) : null;
        if (sku == null || !sku.path("product_id").asText().equals(product)) {
            throw new Refusal(200, 12052032, "product does not exist");
        }
        return sku;
    }

    @Nullable
    ObjectNode byId(String id) {
        return store.get(SKUS, id);
    }

    @Nullable
    ObjectNode bySellerSku(String sellerSku) {
        List<ObjectNode> found = ofSellerSku(sellerSku);
        return found.isEmpty() ? null : found.getFirst();
    }

    void put(ObjectNode sku) {
        String id = sku.path("id").asText();
        store.put(SKUS, id, sku.put("update_time", now()));
        String sellerSku = sku.path("seller_sku").asText();
        ObjectNode known = store.get(BY_SELLER_SKU, sellerSku);
        ObjectNode index = known == null ? SandboxStore.document() : known;
        for (JsonNode one : index.path("ids")) {
            if (one.asText().equals(id)) {
                return;
            }
        }
        index.withArray("ids").add(id);
        store.put(BY_SELLER_SKU, sellerSku, index);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
