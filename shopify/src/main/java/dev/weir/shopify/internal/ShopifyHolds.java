package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.BackendHold;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How are units taken off sale at the shop while a buyer pays here? Moved from {@code available} to {@code reserved} at the
 * location ({@code inventoryMoveQuantities}), which leaves what is on hand alone; {@code inventoryAdjustQuantities} of
 * {@code reserved} would mint units.
 *
 * <p>Once: the move of a hold is always the same request under the same key, so a repeat by any hub within Shopify's 24 hours is
 * answered and not carried out. That is why it does not compare with a number seen before, which a repeat could not know. What
 * the move left is read behind it instead: below zero, somebody else was first, and the units go back ({@link Fault#CONFLICT}).
 * In between the shop shows too few, never too many.
 *
 * <p>A release first makes sure that the move was carried out, unless this process knows: what comes back is what was taken.
 */
public final class ShopifyHolds implements BackendHold {
    private static final int MOST = 100;

    private static final Operation MOVE = new Operation("HoldMove", Lane.HOLD, 13, """
            mutation HoldMove($input: InventoryMoveQuantitiesInput!, $key: String!) {
              inventoryMoveQuantities(input: $input) @idempotent(key: $key) {
                inventoryAdjustmentGroup { id }
                userErrors { field message code }
              }
            }""");

    private final ShopifyClient client;
    private final Connection connection;
    private final ShopifyLevels levels;
    private final ShopifyHeld held;
    private final InventoryCalls calls;

    /** Holds of one shop at its location. */
    public ShopifyHolds(ShopifyClient client, Connection connection, ShopifyLevels levels, ShopifyHeld held) {
        this.client = client;
        this.connection = connection;
        this.levels = levels;
        this.held = held;
        calls = new InventoryCalls(client, connection);
    }

    @Override
    public void hold(String key, List<Units> units) {
        Map<String, Integer> wanted = byItem(units);
        ShopifyHeld.Known known = held.get(connection.id(), key);
        if (known != null && known.state() == ShopifyHeld.State.TAKEN) {
            return;
        }
        int round = known == null ? 1 : known.round() + 1;
        move(key, wanted, Way.HOLD, round);
        if (isOverdrawn(wanted)) {
            move(key, wanted, Way.RELEASE, round);
            held.put(connection.id(), key, ShopifyHeld.State.GIVEN_BACK, round);
            throw new ChannelException(Fault.CONFLICT, "hold " + key + ": the shop has too few of " + wanted);
        }
        held.put(connection.id(), key, ShopifyHeld.State.TAKEN, round);
    }

    @Override
    public void release(String key, List<Units> units) {
        Map<String, Integer> wanted = byItem(units);
        ShopifyHeld.Known known = held.get(connection.id(), key);
        if (known != null && known.state() == ShopifyHeld.State.GIVEN_BACK) {
            return;
        }
        int round = known == null ? 1 : known.round();
        if (known == null && !makeSure(key, wanted)) {
            return;
        }
        move(key, wanted, Way.RELEASE, round);
        held.put(connection.id(), key, ShopifyHeld.State.GIVEN_BACK, round);
    }

    /** Whether the units are taken: now, if they were not before. The shop's refusal means that they never were. */
    private boolean makeSure(String key, Map<String, Integer> wanted) {
        try {
            move(key, wanted, Way.HOLD, 1);
            return true;
        } catch (ChannelException e) {
            if (e.fault() == Fault.CONFLICT || e.fault() == Fault.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private boolean isOverdrawn(Map<String, Integer> wanted) {
        for (InventoryCalls.Seen seen :
                calls.read(List.copyOf(wanted.keySet()), Lane.HOLD).values()) {
            Integer available = seen.available();
            if (seen.tracked() && available != null && available < 0) {
                return true;
            }
        }
        return false;
    }

    private void move(String key, Map<String, Integer> wanted, Way way, int round) {
        for (int generation = 1; ; generation++) {
            ObjectNode variables = ShopifyClient.variables()
                    .put("key", Keys.of(connection, way + " " + round + " " + key, generation));
            variables.set("input", input("weir://hold/" + key, wanted, way));
            JsonNode payload = client.repeatable(MOVE, variables).path("inventoryMoveQuantities");
            wanted.keySet().forEach(item -> levels.forget(connection.id(), item));
            List<UserError> errors = UserError.of(payload, "userErrors");
            if (errors.isEmpty()) {
                return;
            }
            if (generation == 3 || !errors.getFirst().spentKey()) {
                throw refusal(errors.getFirst());
            }
        }
    }

    private ObjectNode input(String document, Map<String, Integer> wanted, Way way) {
        ObjectNode input = ShopifyClient.variables().put("reason", way.reason).put("referenceDocumentUri", document);
        ArrayNode changes = input.putArray("changes");
        wanted.forEach((item, quantity) -> {
            ObjectNode change = changes.addObject().put("inventoryItemId", item).put("quantity", quantity);
            end(change.putObject("from"), way == Way.HOLD ? "available" : "reserved", document);
            end(change.putObject("to"), way == Way.HOLD ? "reserved" : "available", document);
        });
        return input;
    }

    /** The document stands on the side that is not available, where Shopify wants it; on the other it refuses it. */
    private void end(ObjectNode end, String name, String document) {
        end.put("locationId", calls.location()).put("name", name).putNull("changeFromQuantity");
        if (name.equals("reserved")) {
            end.put("ledgerDocumentUri", document);
        }
    }

    /** Not recorded is whether Shopify refuses a move below zero; where it does, that is too few as well. */
    private static ChannelException refusal(UserError error) {
        Fault fault = switch (error.code()) {
            case "INVALID_QUANTITY_TOO_LOW", "INVALID_QUANTITY_NEGATIVE", "CHANGE_FROM_QUANTITY_STALE" ->
                Fault.CONFLICT;
            case "INVALID_INVENTORY_ITEM", "ITEM_NOT_STOCKED_AT_LOCATION" -> Fault.NOT_FOUND;
            default -> Fault.REJECTED;
        };
        return error.as(fault, "HoldMove");
    }

    private static Map<String, Integer> byItem(List<Units> units) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (Units each : units) {
            String item = String.valueOf(each.listing().stockRef());
            if (!Gid.is("InventoryItem", item) || each.quantity() < 1) {
                throw new ChannelException(
                        Fault.REJECTED,
                        "units: " + each.quantity() + " of " + item
                                + " (expected: 1 or more of gid://shopify/InventoryItem/…) for sku "
                                + each.listing().sku());
            }
            wanted.merge(item, each.quantity(), Math::addExact);
        }
        if (wanted.isEmpty() || wanted.size() > MOST) {
            throw new ChannelException(
                    Fault.REJECTED, "units: " + wanted.size() + " (expected: 1.." + MOST + " items)");
        }
        return wanted;
    }

    private enum Way {
        HOLD("reservation_created"),
        RELEASE("reservation_deleted");

        private final String reason;

        Way(String reason) {
            this.reason = reason;
        }
    }
}
