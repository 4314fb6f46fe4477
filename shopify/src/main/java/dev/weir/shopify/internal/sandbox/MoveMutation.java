package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When does {@code inventoryMoveQuantities} move units between states of one location, and how does it refuse? */
final class MoveMutation {
    private static final Set<String> NAMES =
            Set.of("available", "damaged", "incoming", "quality_control", "reserved", "safety_stock");

    private final SandboxStore store;
    private final Shelf shelf;
    private final Idempotency keys;
    private final ShopQuirk.Switches quirks;

    MoveMutation(SandboxStore store, Shelf shelf, Idempotency keys, ShopQuirk.Switches quirks) {
        this.store = store;
        this.shelf = shelf;
        this.keys = keys;
        this.quirks = quirks;
    }

    JsonNode move(GraphQl.Selection call) {
        return keys.once(call, this::carryOut, MoveMutation::validate);
    }

    private static void validate(JsonNode input) {
        if (input.path("changes").size() > 250) {
            throw new GraphQlFailure("MAX_INPUT_SIZE_EXCEEDED", "The input array size is greater than 250.");
        }
        if (!input.hasNonNull("referenceDocumentUri") || !input.hasNonNull("reason")) {
            throw new GraphQlFailure("INVALID_VARIABLE", "referenceDocumentUri (Expected value to not be null)");
        }
        for (JsonNode change : input.path("changes")) {
            InventoryMutations.gid(
                    "InventoryItem", change.path("inventoryItemId").asText());
            for (String end : List.of("from", "to")) {
                InventoryMutations.gid(
                        "Location", change.path(end).path("locationId").asText());
                if (!change.path(end).has("changeFromQuantity")) {
                    throw new GraphQlFailure(
                            "INVALID_FIELD_ARGUMENTS",
                            "InventoryMoveQuantityTerminalInput must include the following argument: changeFromQuantity.");
                }
            }
        }
    }

    private ObjectNode carryOut(JsonNode input) {
        ObjectNode payload = SandboxStore.document();
        payload.putNull("inventoryAdjustmentGroup");
        ArrayNode errors = payload.putArray("userErrors");
        if (!InventoryMutations.REASONS.contains(input.path("reason").asText())) {
            error(errors, "INVALID_REASON", "The specified reason is invalid.", "input", "reason");
        }
        Set<String> documents = new HashSet<>();
        JsonNode changes = input.path("changes");
        for (int index = 0; index < changes.size(); index++) {
            check(changes.path(index), index, documents, errors);
        }
        if (documents.size() > 2) {
            error(errors, "MAXIMUM_LEDGER_DOCUMENT_URIS", "The maximum number of ledger document URIs is 2.", "input");
        }
        if (!errors.isEmpty()) {
            return payload;
        }
        changes.forEach(this::apply);
        payload.putObject("inventoryAdjustmentGroup")
                .put("id", "gid://shopify/InventoryAdjustmentGroup/" + store.next("group"))
                .put("reason", input.path("reason").asText());
        return payload;
    }

    private void apply(JsonNode change) {
        ObjectNode item = java.util.Objects.requireNonNull(item(change));
        int quantity = change.path("quantity").asInt();
        shelf.move(
                item,
                change.path("from").path("name").asText(),
                change.path("to").path("name").asText(),
                quantity);
    }

    private void check(JsonNode change, int index, Set<String> documents, ArrayNode errors) {
        ObjectNode item = item(change);
        JsonNode from = change.path("from");
        JsonNode to = change.path("to");
        String at = Integer.toString(index);
        if (item == null) {
            error(
                    errors,
                    "INVALID_INVENTORY_ITEM",
                    "The specified inventory item could not be found.",
                    "input",
                    "changes",
                    at,
                    "inventoryItemId");
            return;
        }
        if (!from.path("locationId").equals(to.path("locationId"))) {
            error(errors, "DIFFERENT_LOCATIONS", "The locations must be the same.", "input", "changes", at);
        }
        if (from.path("name").equals(to.path("name"))) {
            error(errors, "SAME_QUANTITY_NAME", "The quantity names must differ.", "input", "changes", at);
        }
        end(from, item, at, "from", documents, errors);
        end(to, item, at, "to", documents, errors);
        int left = shelf.quantity(item, from.path("name").asText())
                - change.path("quantity").asInt();
        if (left < 0 && quirks.isOn(ShopQuirk.MOVES_STOP_AT_ZERO)) {
            error(errors, "INVALID_QUANTITY_TOO_LOW", "The quantity is too low.", "input", "changes", at, "quantity");
        }
    }

    private void end(JsonNode end, ObjectNode item, String at, String side, Set<String> documents, ArrayNode errors) {
        String name = end.path("name").asText();
        String document = end.path("ledgerDocumentUri").asText("");
        if (!InventoryMutations.number(end.path("locationId").asText()).equals(ShopifySandbox.LOCATION)) {
            error(
                    errors,
                    "INVALID_LOCATION",
                    "The specified location could not be found.",
                    "input",
                    "changes",
                    at,
                    side,
                    "locationId");
        }
        if (!NAMES.contains(name)) {
            error(
                    errors,
                    "INVALID_QUANTITY_NAME",
                    "The specified quantity name is invalid. Valid values are: available, damaged, incoming,"
                            + " quality_control, reserved, safety_stock.",
                    "input",
                    "changes",
                    at,
                    side,
                    "name");
        }
        String refusal = ledgerRefusal(name, document);
        if (refusal != null) {
            error(
                    errors,
                    refusal,
                    "The ledger document is invalid.",
                    "input",
                    "changes",
                    at,
                    side,
                    "ledgerDocumentUri");
        }
        if (!document.isEmpty()) {
            documents.add(document);
        }
        JsonNode expected = end.path("changeFromQuantity");
        if (!expected.isNull() && expected.asInt() != shelf.quantity(item, name)) {
            error(
                    errors,
                    "CHANGE_FROM_QUANTITY_STALE",
                    "The changeFromQuantity argument no longer matches the persisted quantity.",
                    "input",
                    "changes",
                    at,
                    side,
                    "changeFromQuantity");
        }
    }

    private static @Nullable String ledgerRefusal(String name, String document) {
        if (name.equals("available")) {
            return document.isEmpty() ? null : "INVALID_AVAILABLE_DOCUMENT";
        }
        if (document.isEmpty()) {
            return "INVALID_QUANTITY_DOCUMENT";
        }
        return document.startsWith("gid://shopify/") ? "INTERNAL_LEDGER_DOCUMENT" : null;
    }

    private @Nullable ObjectNode item(JsonNode change) {
        return shelf.item(
                InventoryMutations.number(change.path("inventoryItemId").asText()));
    }

    private static void error(ArrayNode errors, String code, String message, String... field) {
        ObjectNode error = errors.addObject().put("code", code).put("message", message);
        ArrayNode path = error.putArray("field");
        for (String part : field) {
            path.add(part);
        }
    }
}
