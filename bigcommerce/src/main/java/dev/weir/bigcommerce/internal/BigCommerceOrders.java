package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What did buyers order at the store? V2 tells orders without their lines, which are asked for one order at a time. An order of
 * status 0 is incomplete: its buyer is still at the till, or went away; it is no order yet.
 */
public final class BigCommerceOrders implements OrderPoll {
    static final int INCOMPLETE = 0;
    private static final Logger LOG = LoggerFactory.getLogger(BigCommerceOrders.class);
    private static final int LINES = 250;
    private static final int MOST_LINES = 1_000;

    private final BigCommerceClient client;
    private final Mappings mappings;

    /** The orders of one store. */
    public BigCommerceOrders(BigCommerceClient client, Mappings mappings) {
        this.client = client;
        this.mappings = mappings;
    }

    @Override
    public List<Order> changedSince(Instant since) {
        List<Order> changed = new ArrayList<>();
        for (JsonNode row : new ChangedOrders(client).since(since)) {
            state(row, changed);
        }
        return changed;
    }

    /** An order that does not fit, such as one of gift certificates alone, must not hold up those behind it. */
    private void state(JsonNode row, List<Order> changed) {
        try {
            changed.add(canonical(row));
        } catch (ChannelException e) {
            if (e.fault() != Fault.REJECTED && e.fault() != Fault.NOT_FOUND) {
                throw e;
            }
            LOG.warn(
                    "Order {} of connection {} is left out: {}",
                    row.path("id").asText(),
                    client.connection().id(),
                    e.getMessage());
        }
    }

    /** The order as it stands now; {@link Fault#NOT_FOUND} when there is none, or its buyer has not finished. */
    Order fetch(String externalId) {
        return stated(externalId)
                .orElseThrow(() -> new ChannelException(
                        Fault.NOT_FOUND, "order " + externalId + ": incomplete (expected: one that was placed)"));
    }

    /** As above; empty while it is incomplete. */
    Optional<Order> stated(String externalId) {
        JsonNode order = detail(client, externalId);
        return order.path("status_id").asInt() == INCOMPLETE ? Optional.empty() : Optional.of(canonical(order));
    }

    /** The order in the store's own words; ids are numbers there, so nothing else is any order's. */
    static JsonNode detail(BigCommerceClient client, String externalId) {
        if (!externalId.matches("[0-9]{1,18}")) {
            throw new ChannelException(Fault.NOT_FOUND, "order: " + externalId + " (expected: a number)");
        }
        return client.get("order", "/v2/orders/" + externalId, Map.of());
    }

    /** What the buyer pays in: {@code currency_code} is only what prices were shown in. */
    static String currency(JsonNode order) {
        return order.path("default_currency_code").asText();
    }

    static Instant modified(JsonNode order) {
        return time(order, "date_modified");
    }

    private Order canonical(JsonNode row) {
        ObjectNode order = row.deepCopy();
        String currency = currency(order);
        order.put("currency", currency)
                .put("total", Amounts.of(order.path("total_inc_tax"), currency))
                .put("placed_at", time(order, "date_created").toString())
                .put("modified_at", modified(order).toString());
        order.set("lines", lines(order.path("id").asText(), currency));
        return Canonical.order(mappings.apply("bigcommerce", "order", order));
    }

    private ArrayNode lines(String order, String currency) {
        ArrayNode lines = BigCommerceClient.JSON.createArrayNode();
        for (int page = 1; lines.size() < MOST_LINES; page++) {
            JsonNode listed = client.get(
                    "orderProducts",
                    "/v2/orders/" + order + "/products",
                    Map.of("limit", Integer.toString(LINES), "page", Integer.toString(page)));
            for (JsonNode line : listed) {
                ObjectNode whole = line.deepCopy();
                lines.add(whole.put("unit_price", Amounts.of(line.path("price_inc_tax"), currency)));
            }
            if (listed.size() < LINES) {
                return lines;
            }
        }
        throw new ChannelException(Fault.REJECTED, "order " + order + ": over " + MOST_LINES + " lines");
    }

    private static Instant time(JsonNode order, String field) {
        String text = order.path(field).asText();
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException e) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "order." + field + ": " + text + " (expected: a time as RFC 2822 writes it)",
                    null,
                    e);
        }
    }
}
