package dev.weir.live;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What do viewers say? Bounded: name 1..40, text 1..500 characters, 20 messages per 10 s and sender. Thread-safe. */
public interface ChatRoom {
    /** Posts; IllegalArgumentException for bad text, {@link TooFast} above the sender's rate. */
    Message post(UUID showId, String sender, String name, String text);

    /** The newest {@code limit} (1..200), oldest of them first. */
    List<Message> recent(UUID showId, int limit);

    /** One message. */
    record Message(UUID id, String name, String text, Instant at) {}

    /** The sender writes faster than the room allows. */
    final class TooFast extends RuntimeException {
        /** With a message for people. */
        public TooFast(String message) {
            super(message);
        }
    }
}
