package dev.weir.connectors;

/** Is a delivery really from the platform, and how is it told from a repeat of itself? */
public sealed interface WebhookVerdict {
    /**
     * Signed by the platform.
     *
     * @param deliveryId equal for repeats of one delivery, unique otherwise within the connection
     * @param topic the platform's name of the event kind
     * @param aggregateKey groups deliveries that must be handled in order (the order's id), else the delivery id
     */
    record Authentic(String deliveryId, String topic, String aggregateKey) implements WebhookVerdict {}

    /** Not provably from the platform: answer 401, count it, parse nothing. {@code reason} holds no secret. */
    record Forged(String reason) implements WebhookVerdict {}
}
