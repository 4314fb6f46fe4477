package dev.weir.connectors.http;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How is time told and waited away by what calls platforms? Tests that move the time bring their own. Thread-safe. */
public interface Waits {
    /** The machine's own time. */
    Waits REAL = new Waits() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean sleep(Duration length) {
            try {
                Thread.sleep(length);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // The caller looks again, as it must.
        public void await(Condition condition, Duration atMost) throws InterruptedException {
            condition.awaitNanos(atMost.toNanos());
        }
    };

    /** Time that only ever grows, in nanoseconds since some moment. */
    long nanos();

    /** Waits; false, with the interrupt kept, when interrupted. */
    boolean sleep(Duration length);

    /** Waits for {@code what}, which is under way at a platform; an interruption leaves its outcome unknown. */
    default void pause(Duration length, String what) {
        if (!sleep(length)) {
            throw new ChannelException(Fault.OUTCOME_UNKNOWN, what + ": interrupted while it was waited for");
        }
    }

    /** Looks for {@code what} up to {@code looks} times, pausing before each; null when it was never there. */
    default @Nullable String look(int looks, Duration pause, String what, Supplier<@Nullable String> look) {
        for (int tried = 0; tried < looks; tried++) {
            pause(pause, what);
            String found = look.get();
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Waits until signalled, but {@code atMost} this long; the condition's lock is held. May return early. */
    void await(Condition condition, Duration atMost) throws InterruptedException;
}
