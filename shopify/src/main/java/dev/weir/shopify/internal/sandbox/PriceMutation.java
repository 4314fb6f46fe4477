package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** How does {@code productVariantsBulkUpdate} set prices? Of one product at a time, atomically unless told otherwise. */
final class PriceMutation {
    private final Shelf shelf;

    PriceMutation(Shelf shelf) {
        this.shelf = shelf;
    }

    JsonNode update(GraphQl.Selection call) {
        String product = call.argument("productId").asText();
        InventoryMutations.gid("Product", product);
        ObjectNode payload = SandboxStore.document();
        payload.putNull("product");
        payload.putArray("productVariants");
        ArrayNode errors = payload.putArray("userErrors");
        Map<ObjectNode, String> good = new LinkedHashMap<>();
        if (shelf.product(InventoryMutations.number(product)) == null) {
            error(errors, "PRODUCT_DOES_NOT_EXIST", "Product does not exist", "productId");
        } else {
            collect(call.argument("variants"), InventoryMutations.number(product), good, errors);
        }
        if (errors.isEmpty() || call.argument("allowPartialUpdates").asBoolean()) {
            good.forEach(shelf::price);
        }
        return payload;
    }

    private void collect(JsonNode variants, String product, Map<ObjectNode, String> good, ArrayNode errors) {
        if (variants.size() > 250) {
            throw new GraphQlFailure(
                    "MAX_INPUT_SIZE_EXCEEDED",
                    "The input array size of " + variants.size() + " is greater than the maximum allowed of 250.");
        }
        for (int index = 0; index < variants.size(); index++) {
            JsonNode row = variants.path(index);
            String at = Integer.toString(index);
            if (!row.hasNonNull("id")) {
                error(errors, "PRODUCT_VARIANT_ID_MISSING", "Product variant is missing ID attribute", "variants", at);
                continue;
            }
            if (row.has("sku")) {
                throw new GraphQlFailure("INVALID_VARIABLE", "sku (Field is not defined on ProductVariantsBulkInput)");
            }
            InventoryMutations.gid("ProductVariant", row.path("id").asText());
            ObjectNode item =
                    shelf.variant(InventoryMutations.number(row.path("id").asText()));
            if (item == null || !item.path("product").asText().equals(product)) {
                error(errors, "PRODUCT_VARIANT_DOES_NOT_EXIST", "Product variant does not exist", "variants", at, "id");
            } else if (new BigDecimal(row.path("price").asText()).signum() < 0) {
                error(
                        errors,
                        "GREATER_THAN_OR_EQUAL_TO",
                        "Price must be greater than or equal to 0",
                        "variants",
                        at,
                        "price");
            } else {
                good.put(item, row.path("price").asText());
            }
        }
    }

    private static void error(ArrayNode errors, String code, String message, String... field) {
        ObjectNode error = errors.addObject().put("code", code).put("message", message);
        ArrayNode path = error.putArray("field");
        for (String part : field) {
            path.add(part);
        }
    }
}
