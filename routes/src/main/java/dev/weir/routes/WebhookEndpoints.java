package dev.weir.routes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which systems of a brand are told of its events, and did they take them? Webhooks in the form of
 * <a href="https://www.standardwebhooks.com">Standard Webhooks</a>: at least once, each event under the same id, in no promised order.
 * Everything is within one brand; another brand's endpoint reads as absent. Thread-safe.
 */
public interface WebhookEndpoints {
    /** A brand has no more. */
    int MOST = 20;

    /** Every type of event that an endpoint can ask for, sorted. */
    List<String> types();

    /** The brand's endpoints, oldest first. */
    List<Endpoint> list(String brand);

    /** One of them. */
    Optional<Endpoint> find(String brand, UUID id);

    /**
     * Adds one, on at once.
     *
     * @param key the caller's own key of this call: a second call with it changes nothing and shows no secret. Null: none
     * @throws IllegalArgumentException when an address or type cannot be, or the brand has {@value #MOST} already
     */
    Created create(String brand, @Nullable String key, Entered entered);

    /**
     * Changes what is not null. Switching it on forgets why it was off, and goes on with what waits.
     *
     * @throws IllegalArgumentException when an address or type cannot be
     */
    Optional<Endpoint> edit(String brand, UUID id, Entered entered, @Nullable Boolean on);

    /** Removes it with its deliveries; false when it is not there. */
    boolean remove(String brand, UUID id);

    /** A new secret. The old one signs beside it for 24 h; one that was older still ends now. */
    Optional<Created> rotate(String brand, UUID id);

    /** Sends one event of type {@code webhook.test}, once, also where it is off, and tells how it went. */
    Optional<Attempt> test(String brand, UUID id);

    /** Everything since then that it asks for is delivered once more, under the old ids. Levels: the newest of each SKU. */
    Optional<Replay> replay(String brand, UUID id, Instant since);

    /** The last deliveries, newest first; {@code state} null for all. */
    List<Delivery> deliveries(String brand, UUID id, @Nullable State state, int limit);

    /** Every attempt of one delivery, oldest first; empty too when there is no such delivery. */
    List<Attempt> attempts(String brand, UUID id, long delivery);

    /** How does a delivery stand? */
    enum State {
        /** To be tried, now or at its time. */
        DUE,
        /** The endpoint answered 2xx. */
        DONE,
        /** Given up. */
        FAILED,
        /** Never needed: a newer level of the same SKU took its place. */
        STALE
    }

    /**
     * What an operator enters.
     *
     * @param types names of types, {@code order.*} for all that begin so, {@code *} for all; 1..30
     */
    record Entered(
            @Nullable String name,
            @Nullable String url,
            @Nullable List<String> types) {}

    /**
     * One endpoint, without its secrets.
     *
     * @param needsYou why the hub switched it off; null when it did not
     * @param failingSince since when nothing got through; null while things do
     * @param oldSecretUntil until when two secrets sign; null when one does
     * @param due how many deliveries wait
     * @param failed how many of the last days were given up
     */
    record Endpoint(
            UUID id,
            String name,
            String url,
            List<String> types,
            boolean on,
            @Nullable Instant offAt,
            @Nullable String needsYou,
            @Nullable Instant failingSince,
            @Nullable Instant oldSecretUntil,
            Instant createdAt,
            long due,
            long failed) {}

    /** An endpoint and its secret, which is never shown again; null when it was created by an earlier call. */
    record Created(Endpoint endpoint, @Nullable String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "endpoint " + endpoint.id();
        }
    }

    /**
     * How many deliveries became due; {@code more} when there was more than one replay carries.
     *
     * @param since from when on there was something to replay: what is older than kept is not
     */
    record Replay(Instant since, int queued, boolean more) {}

    /** One event to one endpoint. */
    record Delivery(
            long id,
            String eventId,
            String type,
            String subject,
            State state,
            int attempts,
            Instant at,
            @Nullable Instant nextAt,
            @Nullable Integer status,
            @Nullable String error) {}

    /**
     * One try.
     *
     * @param status null when there was no answer
     * @param error why it failed; null when it did not
     * @param answer the beginning of the answer's body
     */
    record Attempt(
            Instant at,
            long millis,
            @Nullable Integer status,
            @Nullable String error,
            String answer) {}
}
