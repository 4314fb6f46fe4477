package dev.weir.connectors;

/** How does a shop hear that goods have left, so that its buyer can follow them? */
public interface Fulfilment {
    /**
     * Notes the shipment at the order, once for one {@link Shipment#externalId()} however often it is asked; returns the shop's id of
     * it.
     *
     * @param orderExternalId the shop's id of the order
     * @throws ChannelException {@link Fault#REJECTED} with the shop's reason (called off, or on hold), {@link Fault#NOT_FOUND}
     */
    String ship(String orderExternalId, Shipment shipment);
}
