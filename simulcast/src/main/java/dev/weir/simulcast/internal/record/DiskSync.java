package dev.weir.simulcast.internal.record;

import java.time.Duration;
import java.util.Collection;

/**
 * Puts on the disk what running recorders have written, twice a second, on a thread of its own: the wait for the disk
 * is not theirs. With fragments of half a second a machine that crashes loses about the last second.
 */
final class DiskSync implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Collection<Recorder> running;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("recording-sync").unstarted(this::run);

    /** Not begun yet; {@code running} is looked at anew each time. */
    DiskSync(Collection<Recorder> running) {
        this.running = running;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                running.forEach(Recorder::sync);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
