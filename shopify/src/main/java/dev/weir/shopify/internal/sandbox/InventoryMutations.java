package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * When does {@code inventorySetQuantities} set, and how does it refuse? Rules of 2026-04 and later: the directive and
 * {@code changeFromQuantity} are mandatory at run time though the schema shows them optional; all rows or none.
 */
final class InventoryMutations {
    private static final Set<String> ROW = Set.of("inventoryItemId", "locationId", "quantity", "changeFromQuantity");
    private static final int MOST = 1_000_000_000;

    /** What a change of stock may be for. */
    static final Set<String> REASONS = Set.of(
            "correction",
            "cycle_count_available",
            "damaged",
            "movement_canceled",
            "movement_created",
            "movement_received",
            "movement_updated",
            "other",
            "promotion",
            "quality_control",
            "received",
            "reservation_created",
            "reservation_deleted",
            "reservation_updated",
            "restock",
            "safety_stock",
            "shrinkage");

    private final SandboxStore store;
    private final Shelf shelf;
    private final Idempotency keys;
    private final ShopQuirk.Switches quirks;

    InventoryMutations(SandboxStore store, Shelf shelf, Idempotency keys, ShopQuirk.Switches quirks) {
        this.store = store;
        this.shelf = shelf;
        this.keys = keys;
        this.quirks = quirks;
    }

    JsonNode set(GraphQl.Selection call) {
        return keys.once(call, this::carryOut, InventoryMutations::validate);
    }

    /** What fails the whole call before any row is looked at. */
    private static void validate(JsonNode input) {
        JsonNode rows = input.path("quantities");
        if (rows.size() > 250) {
            throw new GraphQlFailure(
                    "MAX_INPUT_SIZE_EXCEEDED",
                    "The input array size of " + rows.size() + " is greater than the maximum allowed of 250.");
        }
        for (JsonNode row : rows) {
            for (Iterator<String> names = row.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!ROW.contains(name)) {
                    throw new GraphQlFailure(
                            "INVALID_VARIABLE", name + " (Field is not defined on InventoryQuantityInput)");
                }
            }
            if (!row.has("changeFromQuantity")) {
                throw new GraphQlFailure(
                        "INVALID_FIELD_ARGUMENTS",
                        "InventoryQuantityInput must include the following argument: changeFromQuantity.");
            }
            gid("InventoryItem", row.path("inventoryItemId").asText());
            gid("Location", row.path("locationId").asText());
        }
    }

    private ObjectNode carryOut(JsonNode input) {
        ObjectNode payload = SandboxStore.document();
        ArrayNode errors = payload.putArray("userErrors");
        if (!input.path("name").asText().equals("available")) {
            return refused(payload, "INVALID_NAME", "The quantity name must be either 'available' or 'on_hand'.");
        }
        if (!REASONS.contains(input.path("reason").asText())) {
            return refused(payload, "INVALID_REASON", "The specified reason is invalid.");
        }
        JsonNode rows = input.path("quantities");
        if (quirks.isOn(ShopQuirk.OTHER_WRITER)) {
            shelf.take(number(rows.path(0).path("inventoryItemId").asText()));
        }
        Set<String> items = new HashSet<>();
        for (int index = 0; index < rows.size(); index++) {
            check(rows.path(index), index, items, errors);
        }
        if (!errors.isEmpty()) {
            payload.putNull("inventoryAdjustmentGroup");
            return payload;
        }
        boolean changed = false;
        for (JsonNode row : rows) {
            changed |= apply(row);
        }
        if (changed) {
            payload.putObject("inventoryAdjustmentGroup")
                    .put("id", "gid://shopify/InventoryAdjustmentGroup/" + store.next("group"))
                    .put("reason", input.path("reason").asText());
        } else {
            payload.putNull("inventoryAdjustmentGroup");
        }
        return payload;
    }

    private boolean apply(JsonNode row) {
        ObjectNode item = java.util.Objects.requireNonNull(
                shelf.item(number(row.path("inventoryItemId").asText())));
        boolean changed = item.path("available").asInt() != row.path("quantity").asInt();
        shelf.set(item, row.path("quantity").asInt());
        return changed;
    }

    private void check(JsonNode row, int index, Set<String> items, ArrayNode errors) {
        ObjectNode item = shelf.item(number(row.path("inventoryItemId").asText()));
        if (item == null) {
            error(
                    errors,
                    index,
                    "inventoryItemId",
                    "INVALID_INVENTORY_ITEM",
                    "The specified inventory item could not be found.");
        }
        if (!number(row.path("locationId").asText()).equals(ShopifySandbox.LOCATION)) {
            error(errors, index, "locationId", "INVALID_LOCATION", "The specified location could not be found.");
        }
        if (!items.add(row.path("inventoryItemId").asText())) {
            error(
                    errors,
                    index,
                    "locationId",
                    "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
                    "The combination of inventoryItemId and locationId must be unique.");
        }
        if (row.path("quantity").asLong() > MOST) {
            error(
                    errors,
                    index,
                    "quantity",
                    "INVALID_QUANTITY_TOO_HIGH",
                    "The quantity can't be higher than 1,000,000,000.");
        }
        if (row.path("quantity").asLong() < -MOST) {
            error(
                    errors,
                    index,
                    "quantity",
                    "INVALID_QUANTITY_TOO_LOW",
                    "The quantity can't be lower than -1,000,000,000.");
        }
        JsonNode expected = row.path("changeFromQuantity");
        if (item != null
                && !expected.isNull()
                && expected.asInt() != item.path("available").asInt()) {
            error(
                    errors,
                    index,
                    "changeFromQuantity",
                    "CHANGE_FROM_QUANTITY_STALE",
                    "The changeFromQuantity argument no longer matches the persisted quantity.");
        }
    }

    private static void error(ArrayNode errors, int index, String field, String code, String message) {
        ObjectNode error = errors.addObject();
        error.putArray("field")
                .add("input")
                .add("quantities")
                .add(Integer.toString(index))
                .add(field);
        error.put("message", message).put("code", code);
    }

    private static ObjectNode refused(ObjectNode payload, String code, String message) {
        payload.putNull("inventoryAdjustmentGroup");
        payload.withArray("userErrors")
                .addObject()
                .put("message", message)
                .put("code", code)
                .putNull("field");
        return payload;
    }

    static void gid(String type, String id) {
        if (!id.matches("gid://shopify/" + type + "/[0-9]+")) {
            throw new GraphQlFailure("INVALID_VARIABLE", "Invalid global id '" + id + "'");
        }
    }

    static String number(String gid) {
        return gid.substring(gid.lastIndexOf('/') + 1);
    }
}
