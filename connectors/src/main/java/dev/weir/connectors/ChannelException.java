package dev.weir.connectors;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why did a channel not do what was asked, and what should the caller do now ({@link #fault()})? */
public final class ChannelException extends RuntimeException {
    private final Fault fault;
    private final @Nullable Duration retryAfter;

    /** A failure of kind {@code fault}; {@code message} carries no secret. */
    public ChannelException(Fault fault, String message) {
        this(fault, message, null, null);
    }

    /** As above, with the wait that the platform asked for and the cause, where known. */
    public ChannelException(Fault fault, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
        this.retryAfter = retryAfter;
    }

    /** The fixed words with which every channel refuses an ability it did not declare. */
    static ChannelException unsupported(String channel, Capability capability) {
        return new ChannelException(Fault.UNSUPPORTED, unsupportedWords(channel, capability));
    }

    static String unsupportedWords(String channel, Capability capability) {
        return channel + " does not offer " + capability;
    }

    /** The kind, which says what to do. */
    public Fault fault() {
        return fault;
    }

    /** How long the platform asked us to wait; null when it did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
