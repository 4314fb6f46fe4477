package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.List;

/** How are products made and changed? Wrong optional fields are dropped with a warning inside a success. */
final class ProductDesk {
    static final String CATEGORY = "601226";
    private static final String KEYS = "create-keys";

    private final SandboxStore store;
    private final Products products;
    private final Images images;
    private final Quirks quirks;

    ProductDesk(SandboxStore store, Products products, Images images, Quirks quirks) {
        this.store = store;
        this.products = products;
        this.images = images;
        this.quirks = quirks;
    }

    JsonNode create(JsonNode body) {
        String key = body.path("idempotency_key").asText("");
        ObjectNode earlier = key.isEmpty() ? null : store.get(KEYS, key);
        if (earlier != null) {
            return earlier;
        }
        check(body);
        JsonNode sku = body.path("skus").path(0);
        ObjectNode made = products.document(sku.path("seller_sku").asText(), "");
        fill(made, body);
        ObjectNode data = SandboxStore.document()
                .put("product_id", made.path("product_id").asText());
        data.putArray("skus")
                .addObject()
                .put("id", made.path("id").asText())
                .put("seller_sku", made.path("seller_sku").asText());
        warn(data, body);
        if (!key.isEmpty()) {
            store.put(KEYS, key, data);
        }
        return data;
    }

    /** SKUs that a full edit leaves out are deleted, and a product without any is none. */
    JsonNode replace(String product, JsonNode body) {
        ObjectNode sku = products.ofProduct(product);
        if (!body.path("skus").path(0).path("id").asText().equals(sku.path("id").asText())) {
            throw new Refusal(200, 12052048, "sku is of another product");
        }
        check(body);
        fill(sku, body);
        ObjectNode data = SandboxStore.document().put("product_id", product);
        warn(data, body);
        return data;
    }

    private void fill(ObjectNode made, JsonNode body) {
        JsonNode sku = body.path("skus").path(0);
        boolean draft = body.path("save_mode").asText().equals("DRAFT");
        boolean audited = quirks.on(Quirks.Name.AUDIT);
        products.put(made.put("title", body.path("title").asText())
                .put("amount", sku.path("price").path("amount").asText())
                .put("currency", sku.path("price").path("currency").asText())
                .put("available", sku.path("inventory").path(0).path("quantity").asInt())
                .put("status", draft ? "DRAFT" : audited ? "PENDING" : "ACTIVATE")
                .put("audit", draft ? "NONE" : audited ? "AUDITING" : "APPROVED"));
    }

    private void check(JsonNode body) {
        boolean draft = body.path("save_mode").asText().equals("DRAFT");
        for (String name : List.of("title", "category_id", "package_weight")) {
            if (!body.hasNonNull(name)) {
                throw new Refusal(200, 98001004, "parameter invalid: " + name + " is required");
            }
        }
        title(body.path("title").asText());
        if (!body.path("category_version").asText().equals("v2")) {
            throw new Refusal(200, 12052217, "category_version must be v2");
        }
        if (!body.path("category_id").asText().equals(CATEGORY)) {
            throw new Refusal(200, 12052024, "category is not a leaf");
        }
        if (!draft && body.path("main_images").isEmpty()) {
            throw new Refusal(200, 98001004, "parameter invalid: main_images is required");
        }
        for (JsonNode image : body.path("main_images")) {
            if (!images.has(image.path("uri").asText())) {
                throw new Refusal(
                        200, 12038002, "image is invalid: " + image.path("uri").asText());
            }
        }
        if (!Inventory.isOurs(body.path("skus").path(0).path("inventory").path(0))) {
            throw new Refusal(200, 12052097, "no such warehouse");
        }
    }

    private static void title(String title) {
        boolean emoji = title.codePoints().anyMatch(each -> each >= 0x1F000 && each <= 0x1FAFF);
        if (emoji || title.matches(".*&[a-z]+;.*")) {
            throw new Refusal(200, 12052931, "title has emojis or HTML entities");
        }
        if (title.isEmpty() || title.length() > 255) {
            throw new Refusal(200, 98001004, "parameter invalid: title has 1 to 255 characters");
        }
    }

    private static void warn(ObjectNode data, JsonNode body) {
        var warnings = data.putArray("warnings");
        if (body.hasNonNull("brand_id")) {
            warnings.addObject().put("message", "brand_id is not yours and was left out");
        }
    }

    JsonNode edit(String product, JsonNode body) {
        ObjectNode sku = products.ofProduct(product);
        if (body.hasNonNull("title")) {
            String title = body.path("title").asText();
            title(title);
            products.put(
                    quirks.on(Quirks.Name.AUDIT)
                            ? sku.put("title_under_review", title).put("audit", "AUDITING")
                            : sku.put("title", title));
        }
        ObjectNode data = SandboxStore.document().put("product_id", product);
        data.putObject("audit").put("status", quirks.on(Quirks.Name.AUDIT) ? "AUDITING" : "APPROVED");
        return data;
    }

    JsonNode prices(String product, JsonNode body) {
        ObjectNode sku = products.ofProduct(product);
        if (quirks.on(Quirks.Name.PROMOTION)) {
            throw new Refusal(200, 12019045, "price is locked by a promotion");
        }
        for (JsonNode row : body.path("skus")) {
            if (!row.path("id").asText().equals(sku.path("id").asText())) {
                throw new Refusal(200, 12052032, "sku does not exist");
            }
            if (!row.path("price")
                    .path("currency")
                    .asText()
                    .equals(sku.path("currency").asText())) {
                throw new Refusal(200, 98001004, "parameter invalid: currency is not the shop's");
            }
            products.put(sku.put("amount", row.path("price").path("amount").asText()));
        }
        return SandboxStore.document();
    }

    JsonNode recommend() {
        ObjectNode data = SandboxStore.document().put("leaf_category_id", CATEGORY);
        data.putArray("categories").addObject().put("id", CATEGORY).put("is_leaf", true);
        return data;
    }
}
