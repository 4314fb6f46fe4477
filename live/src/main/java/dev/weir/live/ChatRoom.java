package dev.weir.live;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What do viewers say, here and under the show's lives elsewhere? Bounded: name 1..40, text 1..500 characters, 20 messages per
 * 10 s and sender. What is said elsewhere is shown to the show's staff alone. Thread-safe.
 */
public interface ChatRoom {
    /** Posts; IllegalArgumentException for bad text, {@link TooFast} above the sender's rate. */
    Message post(UUID showId, String sender, String name, String text);

    /**
     * Puts in a comment of another platform, under the rules of {@link #post}; a longer name or text is cut rather than
     * refused. Joins the caller's transaction; repeatable by connection and id, also into another show.
     */
    Heard hear(UUID showId, Comment comment);

    /** The newest {@code limit} (1..200) of those said here, oldest of them first. */
    List<Message> recent(UUID showId, int limit);

    /** As {@link #recent}, with the comments of other platforms. For the show's staff. */
    List<Message> recentEverywhere(UUID showId, int limit);

    /** One message. {@code channel} is where it was said, null for here. */
    record Message(
            UUID id,
            String name,
            String text,
            Instant at,
            @Nullable String channel) {}

    /**
     * Somebody said something under the show's live at a platform.
     *
     * @param externalId the platform's id of the comment; 1..200 characters
     */
    record Comment(UUID connectionId, String channel, String externalId, String author, String text, Instant at) {}

    /** What became of a comment. */
    sealed interface Heard {
        /** It is in the chat. */
        record Said(Message message) implements Heard {}

        /** It was there before. */
        record Known() implements Heard {}

        /** It is not let in; {@code reason} is for people. */
        record Refused(String reason) implements Heard {}
    }

    /** The sender writes faster than the room allows. */
    final class TooFast extends RuntimeException {
        /** With a message for people. */
        public TooFast(String message) {
            super(message);
        }
    }
}
