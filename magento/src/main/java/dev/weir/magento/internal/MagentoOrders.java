package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which orders changed at the shop? By {@code updated_at}, which is UTC to the second in filter and answer, whatever the
 * shop's time zone. Orders that the hub placed there are left out.
 */
public final class MagentoOrders implements OrderPoll {
    private static final Logger LOG = LoggerFactory.getLogger(MagentoOrders.class);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOST = 100;

    private final MagentoClient client;
    private final Connection connection;
    private final Mappings mappings;

    /** The orders of one shop. */
    public MagentoOrders(MagentoClient client, Connection connection, Mappings mappings) {
        this.client = client;
        this.connection = connection;
        this.mappings = mappings;
    }

    @Override
    public List<Order> changedSince(Instant since) {
        List<Order> changed = new ArrayList<>();
        JsonNode page;
        int number = 1;
        do {
            page = client.get("orders", "/orders", changed(since).page(MOST, number));
            for (JsonNode order : page.path("items")) {
                if (changed.size() < MOST && !Marker.isOurs(connection, order)) {
                    state((ObjectNode) order, changed);
                }
            }
        } while (changed.size() < MOST
                && !page.path("items").isEmpty()
                && (long) MOST * number++ < page.path("total_count").asLong());
        return changed;
    }

    /** Asks for one order, to see whether orders may be read. */
    public void probe(Instant since) {
        client.get("orders", "/orders", changed(since).page(1, 1));
    }

    /** An order that does not fit, such as one of gift cards alone, must not hold up those behind it. */
    private void state(ObjectNode order, List<Order> changed) {
        try {
            changed.add(canonical(order));
        } catch (ChannelException | IllegalArgumentException e) {
            String id = order.path("entity_id").asText();
            LOG.warn("Order {} of connection {} left out: {}", id, connection.id(), e.getMessage());
        }
    }

    private Order canonical(ObjectNode order) {
        String currency = order.path("order_currency_code").asText();
        Amounts.round(order, "grand_total", currency);
        for (JsonNode item : order.path("items")) {
            Amounts.round((ObjectNode) item, "price", currency);
            Amounts.round((ObjectNode) item, "price_incl_tax", currency);
        }
        return Canonical.order(mappings.apply("magento", "order", order));
    }

    private static Search changed(Instant since) {
        return new Search()
                .where("updated_at", "gteq", time(since))
                .ascending("updated_at")
                .ascending("entity_id");
    }

    /** {@code instant} as Magento writes it. */
    static String time(Instant instant) {
        return UTC.format(instant);
    }
}
