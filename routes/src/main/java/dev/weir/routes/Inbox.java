package dev.weir.routes;

import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Where does an authentic delivery go before anybody answers 200? On disk, once per connection and delivery id. */
public interface Inbox {
    /** The connection that deliveries of the payment gateway are filed under, with channel {@code stripe}. */
    UUID STRIPE = UUID.fromString("00000000-0000-4000-8000-000057819e00");

    /** The channel name of those. */
    String STRIPE_CHANNEL = "stripe";

    /**
     * Stores the delivery; when this returns it is on disk and will be handled. Those that come at once share a commit, and wait
     * for it for 30 s at most, or 3 s where there is a spool. While the database is away it goes there.
     *
     * @throws Unavailable when neither the database nor the spool took it: answer 503, the platform sends it again
     */
    Stored store(UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict.Authentic verdict);

    /** Whether deliveries go to the spool now, because the database was not there: ask it for nothing that can be known otherwise. */
    boolean isAway();

    /**
     * Tells that the database did not answer somebody else, so that deliveries go to the spool without waiting for it. Ends by itself
     * when it answers; means nothing without a spool.
     */
    void databaseFailed();

    /** Bytes in this hub's spool that wait for the database; 0 without a spool. */
    long spooledBytes();

    /** When the oldest delivery came that this hub's spool holds, those put aside among them; empty when it holds none. */
    Optional<Instant> spooledSince();

    /**
     * Where a delivery went.
     *
     * @param id of its row; of one that is {@code spooled} and was there already, the row keeps another
     * @param repeated the same delivery was there already, under this id; never known while {@code spooled}
     * @param spooled it is on this hub's disk and will be a row when the database is back
     */
    record Stored(UUID id, boolean repeated, boolean spooled) {}

    /** The delivery could not be stored: the sender must try again. */
    final class Unavailable extends RuntimeException {
        /** Not stored, as {@code message} says. */
        public Unavailable(String message) {
            super(message);
        }

        /** Not stored because of {@code cause}. */
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
