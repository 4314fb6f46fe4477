package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.internal.targets.Backoff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When may a codec that failed be tried again? After 1, 2, 4 .. 30 s. Used by one thread. */
final class Retry {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final long SOUND_NANOS = Duration.ofSeconds(30).toNanos();

    private final String name;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), System.nanoTime());
    private long begunAt = System.nanoTime();
    private long waitNanos;

    Retry(String name) {
        this.name = name;
    }

    /** True unless it failed a short while ago. */
    boolean due() {
        return waitNanos == 0 || System.nanoTime() - begunAt >= waitNanos;
    }

    /** It begins anew. */
    void begin() {
        begunAt = System.nanoTime();
        waitNanos = 0;
    }

    /** It failed. */
    void failed(Throwable reason) {
        if (waitNanos == 0 && System.nanoTime() - begunAt > SOUND_NANOS) {
            backoff.reset();
        }
        Duration wait = backoff.next();
        begunAt = System.nanoTime();
        waitNanos = wait.toNanos();
        LOG.warn("{} failed and is tried again in {} ms: {}", name, wait.toMillis(), reason.toString());
    }
}
