package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Duration;
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
 * shop's time zone. Orders that the hub placed there are left out, unless the shop's people called them off.
 */
public final class MagentoOrders implements OrderPoll {
    private static final Logger LOG = LoggerFactory.getLogger(MagentoOrders.class);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration VIEWS_KEPT = Duration.ofMinutes(10);
    private static final int MOST = 100;

    /** A mass action gives many orders one second; without the rest of it the caller could not pass it. Bounded all the same. */
    private static final int MOST_OF_A_SECOND = 2_000;

    private final MagentoClient client;
    private final Connection connection;
    private final Mappings mappings;

    /** The orders of one shop. */
    public MagentoOrders(MagentoClient client, Mappings mappings) {
        this.client = client;
        this.connection = client.connection();
        this.mappings = mappings;
    }

    @Override
    public List<Order> changedSince(Instant since) {
        List<Order> changed = new ArrayList<>();
        JsonNode page;
        String first = "";
        int number = 1;
        do {
            page = client.get("orders", "/orders", changed(since).page(MOST, number));
            String begins = page.path("items").path(0).path("entity_id").asText();
            if (begins.equals(first)) {
                break;
            }
            first = begins;
            for (JsonNode order : page.path("items")) {
                boolean isOurs = Marker.isOurs(connection, order);
                if (room(changed, order) && (!isOurs || CalledOff.tells(order))) {
                    state((ObjectNode) order, isOurs, changed);
                }
            }
        } while (more(changed, page)
                && (long) MOST * number++ < page.path("total_count").asLong());
        return changed;
    }

    /** Asks for one order, to see whether orders may be read. */
    public void probe(Instant since) {
        client.get("orders", "/orders", changed(since).page(1, 1));
    }

    /** A hundred, and beyond them only what changed in the one second that all of them changed in. */
    private static boolean room(List<Order> changed, JsonNode order) {
        return changed.size() < MOST
                || (changed.size() < MOST_OF_A_SECOND
                        && secondOf(changed.getFirst()).equals(secondOf(changed.getLast()))
                        && secondOf(changed.getLast())
                                .equals(order.path("updated_at").asText()));
    }

    private static boolean more(List<Order> changed, JsonNode page) {
        JsonNode items = page.path("items");
        return !items.isEmpty() && room(changed, items.path(items.size() - 1));
    }

    private static String secondOf(Order order) {
        return time(order.updatedAt());
    }

    /** An order that does not fit, such as one of gift cards alone, must not hold up those behind it. */
    private void state(ObjectNode order, boolean isOurs, List<Order> changed) {
        try {
            Order stated = canonical(order);
            changed.add(isOurs ? CalledOff.marked(stated, order) : stated);
        } catch (ChannelException | IllegalArgumentException e) {
            String id = order.path("entity_id").asText();
            LOG.warn("Order {} of connection {} left out: {}", id, connection.id(), e.getMessage());
        }
    }

    private Order canonical(ObjectNode order) {
        String currency = order.path("order_currency_code").asText();
        Amounts.round(order, "grand_total", currency);
        Amounts.round(order, "total_refunded", currency);
        for (JsonNode item : order.path("items")) {
            Amounts.round((ObjectNode) item, "price", currency);
            Amounts.round((ObjectNode) item, "price_incl_tax", currency);
        }
        return Canonical.order(mappings.apply("magento", "order", order));
    }

    private Search changed(Instant since) {
        Search search = new Search().where("updated_at", "gteq", time(since));
        if (connection.setting("orderScope", "all").equals("website")) {
            search.whereAny(
                    "store_id",
                    client.memory()
                            .keep("store-views", VIEWS_KEPT, Views.class, this::views)
                            .ids());
        }
        return search.ascending("updated_at").ascending("entity_id");
    }

    private Views views() {
        int website = MagentoShop.of(client).websiteId();
        List<String> ids = new ArrayList<>();
        for (JsonNode view : client.get("storeViews", "/store/storeViews")) {
            if (view.path("website_id").asInt() == website) {
                ids.add(view.path("id").asText());
            }
        }
        return new Views(ids);
    }

    /** {@code instant} as Magento writes it. */
    static String time(Instant instant) {
        return UTC.format(instant);
    }

    private record Views(List<String> ids) {}
}
