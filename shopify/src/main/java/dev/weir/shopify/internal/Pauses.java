package dev.weir.shopify.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How is something waited for that Shopify does in its own time? */
final class Pauses {
    private Pauses() {}

    /** Waits; an interruption ends {@code what} with its outcome unknown. */
    static void pause(Duration pause, String what) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(Fault.OUTCOME_UNKNOWN, what + ": interrupted", null, e);
        }
    }

    /** Looks up to {@code looks} times, pausing before each; null when it was never there. */
    static @Nullable String await(int looks, Duration pause, Supplier<@Nullable String> look, String what) {
        for (int tried = 0; tried < looks; tried++) {
            pause(pause, what);
            String found = look.get();
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
