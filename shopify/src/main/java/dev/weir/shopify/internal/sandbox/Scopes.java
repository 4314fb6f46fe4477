package dev.weir.shopify.internal.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which root field needs which scope? To write includes to read; a token without it gets ACCESS_DENIED inside a 200. */
final class Scopes {
    /** Of a token that was made by hand with everything ticked. */
    static final String ALL = "*";

    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("location", "read_locations"),
            Map.entry("productVariants", "read_products"),
            Map.entry("productVariantsCount", "read_products"),
            Map.entry("products", "read_products"),
            Map.entry("product", "read_products"),
            Map.entry("orders", "read_orders"),
            Map.entry("order", "read_orders"),
            Map.entry("productVariantsBulkUpdate", "write_products"),
            Map.entry("inventorySetQuantities", "write_inventory"),
            Map.entry("inventoryMoveQuantities", "write_inventory"),
            Map.entry("orderCreate", "write_orders"),
            Map.entry("orderCancel", "write_orders"),
            Map.entry("refundCreate", "write_orders"),
            Map.entry("tagsAdd", "write_orders"),
            Map.entry("fulfillmentCreate", "write_merchant_managed_fulfillment_orders"));

    private Scopes() {}

    /** Fails the call whose token was granted {@code granted} only. */
    static void check(String granted, String field) {
        String needed = NEEDED.get(field);
        List<String> has = Arrays.asList(granted.split("[, ]+", -1));
        if (needed != null
                && !granted.equals(ALL)
                && !has.contains(needed)
                && !has.contains(needed.replaceFirst("^read_", "write_"))) {
            throw new GraphQlFailure(
                    "ACCESS_DENIED",
                    "Access denied for " + field + " field. Required access: `" + needed + "` access scope.");
        }
    }
}
