package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.Shipment;
import java.util.Locale;
import java.util.Set;

/**
 * How does the shop hear that goods have left? By the service that ships an order, which takes the units off the source that is named
 * and gives their reservation back in one step; without a name a shop of several sources takes them off the wrong one.
 */
public final class MagentoShipments implements Fulfilment {
    /** Carriers that every shop knows by a code; any other is {@code custom} with its name as title. */
    private static final Set<String> CARRIERS = Set.of("dhl", "fedex", "ups", "usps");

    private final MagentoClient client;
    private final MagentoStock stock;

    /** The shipments of one shop. */
    public MagentoShipments(MagentoClient client, MagentoStock stock) {
        this.client = client;
        this.stock = stock;
    }

    @Override
    public String ship(String orderExternalId, Shipment shipment) {
        Noted noted = Noted.shipments(client);
        String mark = noted.mark(shipment.externalId());
        return client.memory().alone(() -> {
            JsonNode order = client.get("order", "/orders/" + Search.encode(orderExternalId));
            String earlier = noted.find(order.path("entity_id").asText(), mark);
            return earlier != null
                    ? earlier
                    : client.once(
                                    "orderShip",
                                    "/order/" + Search.encode(orderExternalId) + "/ship",
                                    body(order, shipment, mark))
                            .asText();
        });
    }

    /** No items are everything that has not left. */
    private ObjectNode body(JsonNode order, Shipment shipment, String mark) {
        ObjectNode body = MagentoClient.object().put("notify", false).put("appendComment", true);
        body.set(
                "items",
                OrderRows.items(new OrderRows(order)
                        .of(
                                shipment.lines(),
                                row -> OrderRows.left(row, "qty_shipped", "qty_canceled", "qty_refunded"))));
        body.putObject("comment")
                .put("comment", shipment.link() == null ? mark : mark + " " + shipment.link())
                .put("is_visible_on_front", 0);
        if (shipment.tracking() != null) {
            track(body.putArray("tracks"), shipment, shipment.tracking());
        }
        if (stock.hasSources()) {
            body.putObject("arguments")
                    .putObject("extension_attributes")
                    .put("source_code", client.connection().setting("sourceCode", "default"));
        }
        return body;
    }

    private static void track(ArrayNode tracks, Shipment shipment, String number) {
        String carrier = shipment.carrier() == null ? "Carrier" : shipment.carrier();
        String code = carrier.toLowerCase(Locale.ROOT);
        tracks.addObject()
                .put("track_number", number)
                .put("title", carrier)
                .put("carrier_code", CARRIERS.contains(code) ? code : "custom");
    }
}
