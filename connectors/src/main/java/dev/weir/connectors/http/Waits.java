package dev.weir.connectors.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

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

    /** Waits until signalled, but {@code atMost} this long; the condition's lock is held. May return early. */
    void await(Condition condition, Duration atMost) throws InterruptedException;
}
