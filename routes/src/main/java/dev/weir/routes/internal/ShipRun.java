package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Shipment;
import dev.weir.orders.OrderView;
import dev.weir.orders.Shipments;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.internal.ErrandRows.Claim;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How does the shop that sold an order hear that its goods have left? Whoever sent them, its buyer follows them there. What the shop
 * said itself is not told to it again.
 */
final class ShipRun implements ErrandRun {
    private final Wiring wiring;
    private final Shipments shipments;
    private final ErrandRows rows;

    ShipRun(Wiring wiring, Shipments shipments, ErrandRows rows) {
        this.wiring = wiring;
        this.shipments = shipments;
        this.rows = rows;
    }

    /** Notes the errand, if there is a shop to tell. */
    void note(UUID orderId, UUID shipmentId, String source) {
        OrderView order = wiring.orders().find(orderId).orElse(null);
        UUID seller = order == null ? null : order.connectionId();
        if (order == null || seller == null || seller.toString().equals(source)) {
            return;
        }
        boolean takes = wiring.connections()
                .find(seller)
                .map(connection -> wiring.channel(connection).capabilities().contains(Capability.FULFILMENT))
                .orElse(false);
        if (takes) {
            rows.add(Kind.SHIP, seller, shipmentId.toString(), order.brand(), orderId, false);
        }
    }

    @Override
    public Kind kind() {
        return Kind.SHIP;
    }

    @Override
    public int most(Connection connection) {
        return 1;
    }

    @Override
    public Map<Claim, Told> run(Connection connection, List<Claim> claims) {
        Claim claim = claims.getFirst();
        Shipments.Sent sent = shipments
                .find(UUID.fromString(claim.key()))
                .orElseThrow(() -> new ChannelException(
                        Fault.REJECTED, "shipment: " + claim.key() + " (expected: the id of a known one)"));
        OrderView order = wiring.orders()
                .find(sent.orderId())
                .orElseThrow(() -> new ChannelException(
                        Fault.REJECTED, "order: " + sent.orderId() + " (expected: the id of a known one)"));
        String externalId = order.externalId();
        if (externalId == null) {
            throw new ChannelException(Fault.REJECTED, "order: " + order.id() + " (expected: a channel's)");
        }
        String theirs = wiring.channel(connection).fulfilment(connection).ship(externalId, inItsWords(sent));
        return Map.of(claim, Told.taken(theirs));
    }

    /** Ids of lines are those of whoever sent the parcel, and mean nothing here: the shop goes by SKU. */
    private static Shipment inItsWords(Shipments.Sent sent) {
        Shipment shipment = sent.shipment();
        List<OrderLine> lines = shipment.lines().stream()
                .map(line -> new OrderLine(line.sku(), line.quantity(), line.unitPrice(), List.of()))
                .toList();
        return new Shipment(
                sent.id().toString(), shipment.at(), lines, shipment.carrier(), shipment.tracking(), shipment.link());
    }
}
