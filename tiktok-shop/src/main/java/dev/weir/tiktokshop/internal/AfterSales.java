package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.Refund;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Instant;

/**
 * What went back of an order? Units of a part that was called off are for sale again; those of a return are not until the seller
 * puts them there, because the platform does not restore them.
 */
public final class AfterSales {
    private final Cancellations cancellations;
    private final Mappings mappings;

    /** Refunds of one shop. */
    public AfterSales(TikTokClient client, Mappings mappings) {
        cancellations = new Cancellations(client);
        this.mappings = mappings;
    }

    Refund cancelled(String order, String cancel) {
        return refund(cancellations.ofOrder(order, cancel), "cancellation");
    }

    Refund returned(String id) {
        return refund(cancellations.returned(id), "return");
    }

    private Refund refund(JsonNode record, String kind) {
        ObjectNode input = TikTokClient.JSON.createObjectNode().put("kind", kind);
        input.set("record", record);
        JsonNode mapped = mappings.apply("tiktok-shop", "refund", input);
        try {
            return new Refund(
                    mapped.path("externalId").asText(),
                    mapped.path("orderExternalId").asText(),
                    Instant.ofEpochSecond(mapped.path("at").asLong()),
                    Canonical.lines(mapped.path("restocked")),
                    Money.of(
                            mapped.path("amount").path("amount").asText(),
                            mapped.path("amount").path("currency").asText()));
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.REJECTED, kind + " " + mapped.path("externalId").asText() + ": " + e.getMessage(), null, e);
        }
    }
}
