package dev.weir.pim.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Mappings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How do our orders get into the product system? Looked up by their key first, then posted with it as Idempotency-Key; a
 * lost answer is looked up again, so that one order is made even where the header means nothing.
 */
public final class PimOrders implements OrderPush {
    private final PimClient client;
    private final Connection connection;
    private final Mappings mappings;
    private final URI address;

    /** Orders of one connection. */
    public PimOrders(PimClient client, Connection connection, Mappings mappings) {
        this.client = client;
        this.connection = connection;
        this.mappings = mappings;
        this.address = client.address("ordersUrl");
    }

    @Override
    public String push(Request order) {
        return find(order.key()).orElseGet(() -> create(order));
    }

    private String create(Request order) {
        JsonNode body = mappings.apply(connection, connection.setting("orderOutMap", "push-order"), input(order));
        try {
            HttpAnswer answer = client.send(
                    "orderPost", "POST", address, Map.of("Idempotency-Key", order.key()), body, false, Lane.ORDER);
            return id(PimClient.json("orderPost", answer, Fault.OUTCOME_UNKNOWN), Fault.OUTCOME_UNKNOWN);
        } catch (ChannelException e) {
            if (e.fault() != Fault.OUTCOME_UNKNOWN) {
                throw e;
            }
            return find(order.key()).orElseThrow(() -> e);
        }
    }

    /** The first order under that key; a system that answers 404 has none. */
    private Optional<String> find(String key) {
        URI at = PimClient.with(address, connection.setting("keyParameter", "key"), key);
        try {
            List<JsonNode> found = new Pages(client, connection, "orders", Lane.ORDER)
                    .page(at, Map.of())
                    .items();
            return found.isEmpty() ? Optional.empty() : Optional.of(id(found.getFirst(), Fault.REJECTED));
        } catch (ChannelException e) {
            if (e.fault() == Fault.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String id(JsonNode order, Fault otherwise) {
        String pointer = connection.setting("orderIdAt", "/id");
        String id = order.at(pointer).asText("");
        if (id.isBlank()) {
            throw new ChannelException(otherwise, "order: no id at " + pointer + " (expected: the order's id)");
        }
        return id;
    }

    private static ObjectNode input(Request order) {
        ObjectNode input =
                PimClient.JSON.createObjectNode().put("key", order.key()).put("email", order.email());
        input.set("total", money(order.total()));
        input.set("address", PimClient.JSON.valueToTree(order.address()));
        input.set("notes", PimClient.JSON.valueToTree(order.notes()));
        input.put("paymentReference", order.paymentReference());
        for (Line line : order.lines()) {
            input.withArray("lines")
                    .addObject()
                    .put("sku", line.line().sku().value())
                    .put("quantity", line.line().quantity())
                    .put("externalId", line.listing().externalId())
                    .put("stockRef", line.listing().stockRef())
                    .set("unitPrice", money(line.line().unitPrice()));
        }
        return input;
    }

    private static ObjectNode money(Money money) {
        return PimClient.JSON
                .createObjectNode()
                .put("amount", money.amount())
                .put("currency", money.currency().getCurrencyCode());
    }
}
