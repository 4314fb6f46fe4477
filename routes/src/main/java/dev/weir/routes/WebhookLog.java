package dev.weir.routes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What arrived from the platforms, what became of it, and how is it tried again? Thread-safe. */
public interface WebhookLog {
    /** Most bytes of a body that {@link Detail#body} shows. */
    int SHOWN = 64 * 1024;

    /** Most characters that are searched for. */
    int LONGEST_TEXT = 100;

    /** Newest first; {@code state} may be null. {@code cursor} is {@link Page#next} of the page before; limit 1..200. */
    default Page list(String brand, @Nullable State state, @Nullable String cursor, int limit) {
        return list(brand, state, null, cursor, limit);
    }

    /**
     * As above, of those that have {@code text} in their topic, reason, delivery id or order in any case, or in their body as it
     * stands and as far as it is shown. A page looks at 5,000 deliveries at most: it can be short, or empty, and have a next one all the same.
     *
     * @param text 1..{@value #LONGEST_TEXT} characters, null for all
     */
    Page list(String brand, @Nullable State state, @Nullable String text, @Nullable String cursor, int limit);

    /** One delivery with its body. */
    Optional<Detail> find(UUID id);

    /** Puts the delivery back to RECEIVED, to be handled again; repeatable in effect. False when there is none, or it was erased. */
    boolean replay(UUID id);

    /** Where does a delivery stand? */
    enum State {
        /** On disk, not handled yet or to be tried again. */
        RECEIVED,
        /** Its effect is in the books. */
        PROCESSED,
        /** Cannot be handled yet: goes on by itself when what it waits for is there, or is looked at again. */
        PARKED,
        /** Cannot be handled as it is: the reason says why, and only a person can help. */
        DEAD,
        /** Understood and of no consequence, such as the echo of our own write. */
        IGNORED
    }

    /**
     * @param reason its effect, or why it is parked, dead or ignored; null while new
     * @param nextTryAt when it is tried again; null when not by itself
     */
    record Entry(
            UUID id,
            UUID connectionId,
            String brand,
            String channel,
            String topic,
            String deliveryId,
            State state,
            @Nullable String reason,
            int attempts,
            Instant receivedAt,
            @Nullable Instant nextTryAt,
            @Nullable Instant doneAt) {}

    /** {@code body} as UTF-8 text, at most {@link #SHOWN} bytes of it; {@code size} in bytes. */
    record Detail(Entry entry, Map<String, String> headers, String body, int size) {
        /** Copies the headers. */
        public Detail {
            headers = Map.copyOf(headers);
        }
    }

    /** A page and the cursor of the next, null at the end. */
    record Page(List<Entry> items, @Nullable String next) {}
}
