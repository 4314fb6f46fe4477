package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Refund;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.util.Map;

/** What did the store give back? Money alone: whether units can be sold again BigCommerce leaves to the merchant, and does not tell. */
public final class BigCommerceRefunds {
    private final BigCommerceClient client;
    private final Mappings mappings;

    /** The refunds of one store. */
    public BigCommerceRefunds(BigCommerceClient client, Mappings mappings) {
        this.client = client;
        this.mappings = mappings;
    }

    /** The refund {@code id} of an order; {@link Fault#NOT_FOUND} when it is not there yet. */
    Refund read(String order, String id) {
        String currency = BigCommerceOrders.currency(BigCommerceOrders.detail(client, order));
        JsonNode listed =
                client.get("refunds", "/v3/orders/" + order + "/payment_actions/refunds", Map.of("limit", "250"));
        for (JsonNode refund : listed.path("data")) {
            if (refund.path("id").asText().equals(id)) {
                return canonical(refund.deepCopy(), currency);
            }
        }
        throw new ChannelException(Fault.NOT_FOUND, "refund " + id + " of order " + order + ": not there yet");
    }

    /** Payments that a gateway declined gave nothing back. */
    private Refund canonical(ObjectNode refund, String currency) {
        ArrayNode paid = BigCommerceClient.JSON.createArrayNode();
        for (JsonNode payment : refund.path("payments")) {
            if (!payment.path("is_declined").asBoolean()) {
                paid.add(Amounts.of(payment.path("amount"), currency));
            }
        }
        refund.put("currency", currency).set("paid_back", paid);
        return Canonical.refund(mappings.apply("bigcommerce", "refund", refund));
    }
}
