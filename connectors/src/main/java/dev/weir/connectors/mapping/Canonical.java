package dev.weir.connectors.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import java.util.List;

/**
 * How does what a field map wrote become a record? The map's output carries the record's own component names; money as
 * {@code {"amount","currency"}}, instants as ISO 8601 or epoch seconds. What is missing or malformed is named and
 * {@link Fault#REJECTED}. Stateless.
 */
public final class Canonical {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Canonical() {}

    /** An order; JSLT leaves empty objects out, so missing evidence is none. */
    public static Order order(JsonNode mapped) {
        require(mapped, "order", "channel", "externalId", "state", "placedAt", "updatedAt", "lines", "total");
        ObjectNode whole = mapped.deepCopy();
        if (!whole.hasNonNull("evidence")) {
            whole.putObject("evidence");
        }
        requireLines(whole.path("lines"));
        return read(whole, Order.class);
    }

    /** A listing. */
    public static Listing listing(JsonNode mapped) {
        require(mapped, "listing", "sku", "title", "price", "externalId");
        return read(mapped, Listing.class);
    }

    /** Order lines, such as those of a refund; none when the map left them out. */
    public static List<OrderLine> lines(JsonNode mapped) {
        requireLines(mapped);
        return mapped.isMissingNode() || mapped.isNull() ? List.of() : List.of(read(mapped, OrderLine[].class));
    }

    private static void requireLines(JsonNode lines) {
        for (JsonNode line : lines) {
            require(line, "line", "sku", "quantity", "unitPrice", "externalIds");
        }
    }

    private static void require(JsonNode mapped, String what, String... names) {
        for (String name : names) {
            if (!mapped.hasNonNull(name)) {
                throw new ChannelException(Fault.REJECTED, what + ": " + name + " is missing");
            }
        }
    }

    private static <T> T read(JsonNode mapped, Class<T> type) {
        try {
            return JSON.treeToValue(mapped, type);
        } catch (JsonProcessingException e) {
            throw new ChannelException(Fault.REJECTED, type.getSimpleName() + ": " + e.getOriginalMessage(), null, e);
        }
    }
}
