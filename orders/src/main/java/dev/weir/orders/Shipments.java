package dev.weir.orders;

import dev.weir.connectors.Shipment;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which goods of an order are on their way? Kept once for who said it and their id of it; what was not known at first (carrier, number,
 * link) is filled in when it is told, and what is known stands. Each news is told as {@link #SHIPPED}, with the same transaction.
 * Thread-safe.
 */
public interface Shipments {
    /** Event of {@link dev.weir.connectors.Outbox#ORDERS}: {@code orderId}, {@code shipmentId}, {@code source}. */
    String SHIPPED = "OrderShipped";

    /** {@link Sent#source} of what an operator entered. */
    String OPERATOR = "operator";

    /**
     * Notes what a shop says of an order that it sold, or that was handed over to it; {@link OrderBook.Intake.NotYet} when the order is
     * not known. A parcel that somebody else told of under the same number is known already.
     */
    OrderBook.Intake state(UUID connectionId, String orderExternalId, Shipment shipment);

    /** Notes what an operator says; {@link OrderBook.Intake.NotYet} when there is no such order. */
    OrderBook.Intake enter(UUID orderId, Shipment shipment);

    /** What left for the order, the first first. */
    List<Sent> of(UUID orderId);

    /** One of them. */
    Optional<Sent> find(UUID id);

    /**
     * @param source the connection that said it, as text, or {@link #OPERATOR}
     * @param shipment its lines carry the ids of {@code source}
     */
    record Sent(UUID id, UUID orderId, String source, Shipment shipment) {}
}
