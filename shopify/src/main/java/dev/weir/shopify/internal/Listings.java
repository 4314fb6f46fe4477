package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How does a variant, wherever it was read, become a listing? What cannot be sold elsewhere is left out and named. */
final class Listings {
    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);

    private final Connection connection;
    private final Mappings mappings;

    Listings(Connection connection, Mappings mappings) {
        this.connection = connection;
        this.mappings = mappings;
    }

    /**
     * Adds {@code variant}, priced in {@code currency}, to {@code found}. One that has no SKU, or a SKU that is none of ours, is
     * left out: it must not keep the others from being read.
     */
    void add(JsonNode variant, String currency, List<Listing> found) {
        String id = variant.path("id").asText();
        if (variant.path("sku").asText("").isBlank()) {
            LOG.info("{} of connection {} has no SKU: left out", id, connection.id());
            return;
        }
        ObjectNode input = variant.deepCopy();
        input.put("currency", currency);
        JsonNode mapped = mappings.apply("shopify", "listing", input);
        try {
            found.add(Canonical.listing(mapped));
        } catch (ChannelException e) {
            LOG.warn("{} of connection {} is left out: {}", id, connection.id(), e.getMessage());
        }
    }
}
