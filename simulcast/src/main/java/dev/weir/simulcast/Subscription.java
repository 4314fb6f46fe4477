package dev.weir.simulcast;

import java.time.Duration;
import java.util.Optional;

/**
 * What does one consumer of a live still have to send?
 *
 * <p>A bounded queue. When it is full, what waits is dropped and nothing is taken until the next key frame, for this
 * consumer only. One thread takes; any thread may read the counters or close.
 */
public interface Subscription extends AutoCloseable {

    /**
     * The next frame, waiting for it at most {@code timeout}; empty on timeout, and at once when the queue is drained
     * and closed.
     */
    Optional<MediaUnit> take(Duration timeout) throws InterruptedException;

    /** Frames that this consumer lost because it was too slow. */
    long droppedUnits();

    /** Media time that waits, in milliseconds. */
    long queuedMillis();

    /** True when no frame will be added any more; those that wait can still be taken. */
    boolean isClosed();

    /** Leaves the fan-out and wakes a waiting {@link #take}. May be called again. */
    @Override
    void close();
}
