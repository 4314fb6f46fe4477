package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.BackendHold;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How are units taken off sale by an order? A cart holds nothing, so an order is placed that nobody ships, and called off to give the
 * units back. It is found by its mark, under an address of its own; one that was called off stays called off, so that a late repeat
 * holds nothing for ever.
 */
public final class MagentoHolds implements BackendHold {
    private final MagentoClient client;
    private final Connection connection;
    private final MagentoStock stock;
    private final Placing placing;

    /** Holds at one shop. */
    public MagentoHolds(MagentoClient client, MagentoStock stock) {
        this.client = client;
        this.connection = client.connection();
        this.stock = stock;
        this.placing = new Placing(client);
    }

    @Override
    public void hold(String key, List<Units> units) {
        String marker = Marker.of(connection, "hold " + key);
        String email = email(marker);
        Map<Sku, Integer> needed = needed(units);
        client.memory().forKey(marker, () -> {
            if (placing.find(email, marker) != null) {
                return false;
            }
            if (stock.shortOf(needed)) {
                throw tooFew(needed, null);
            }
            try {
                placing.place(email, Addresses.ofHold(connection, email), needed, marker);
                return true;
            } catch (ChannelException e) {
                throw e.fault() == Fault.REJECTED && stock.shortOf(needed) ? tooFew(needed, e) : e;
            }
        });
    }

    @Override
    public void release(String key, List<Units> units) {
        String marker = Marker.of(connection, "hold " + key);
        client.memory().forKey(marker, () -> {
            JsonNode order = placing.find(email(marker), marker);
            return order != null && placing.cancel(order.path("entity_id").asText());
        });
    }

    static Map<Sku, Integer> needed(List<Units> units) {
        Map<Sku, Integer> needed = new LinkedHashMap<>();
        units.forEach(unit -> needed.merge(unit.listing().sku(), unit.quantity(), Math::addExact));
        return needed;
    }

    static ChannelException tooFew(Map<Sku, Integer> needed, @org.jspecify.annotations.Nullable Throwable cause) {
        return new ChannelException(Fault.CONFLICT, "units: " + needed + " (expected: as many salable)", null, cause);
    }

    /** One a hold, so that it is found among one order, not among all of them. */
    private String email(String marker) {
        return marker + "@" + connection.setting("holdMailDomain", "example.com");
    }
}
