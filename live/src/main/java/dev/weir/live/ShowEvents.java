package dev.weir.live;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Who wants to know what happens in a show, as it happens? In-process fan-out to SSE streams; a listener must not block.
 * Events are hints: the stored state is the truth, and a listener that missed some reads it again. Thread-safe.
 */
public interface ShowEvents {
    /** Tells every listener of the show. */
    void publish(UUID showId, Event event);

    /** Listens until {@link Subscription#close}. */
    Subscription subscribe(UUID showId, Consumer<Event> listener);

    /** How many listen to the show now: its viewers. */
    int listeners(UUID showId);

    /** Does anybody listen to any show? */
    boolean hasListeners();

    /**
     * @param name as on the wire: {@code pin unpin stock waitlist price chat viewers state host gmv sale target comment-order}
     * @param staffOnly kept from viewers
     */
    record Event(String name, Map<String, ?> data, boolean staffOnly) {}

    /** A listener's place. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
