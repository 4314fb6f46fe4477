package dev.weir.routes;

import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.util.UUID;

/** Where does an authentic delivery go before anybody answers 200? On disk, once per connection and delivery id. */
public interface Inbox {
    /** The connection that deliveries of the payment gateway are filed under, with channel {@code stripe}. */
    UUID STRIPE = UUID.fromString("00000000-0000-4000-8000-000057819e00");

    /** The channel name of those. */
    String STRIPE_CHANNEL = "stripe";

    /**
     * Stores the delivery; when this returns it is on disk and will be handled.
     *
     * @throws Unavailable when the database cannot be reached: nothing was stored, answer 503
     */
    Stored store(UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict.Authentic verdict);

    /** {@code repeated}: the same delivery was there already, under this id. */
    record Stored(UUID id, boolean repeated) {}

    /** The delivery could not be stored: the sender must try again. */
    final class Unavailable extends RuntimeException {
        /** Not stored because of {@code cause}. */
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
