package dev.weir.connectors;

/** How is an order that stands at a shop called off there? */
@FunctionalInterface
public interface OrderCancel {
    /**
     * Calls the order off, once however often it is asked: an order that is called off already is a success. Where the platform
     * knows no idempotency keys, the order is looked up before it is asked, so that a caller who heard
     * {@link Fault#OUTCOME_UNKNOWN} or {@link Fault#TRANSIENT} may simply ask again.
     *
     * @param key the same for every try of one cancellation; 1..64 characters, letters, digits and hyphens
     * @param externalId the shop's id of the order
     * @param reason shown at the shop, where it has a place for it
     * @throws ChannelException {@link Fault#REJECTED} with the shop's reason when it will not (shipped, for example),
     *     {@link Fault#NOT_FOUND} when it has no such order
     */
    void cancel(String key, String externalId, String reason);
}
