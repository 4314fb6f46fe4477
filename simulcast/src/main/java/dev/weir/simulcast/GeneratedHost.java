package dev.weir.simulcast;

import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import dev.weir.simulcast.internal.host.HostRun;
import dev.weir.simulcast.internal.targets.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does a show look like when nobody has a camera?
 *
 * <p>A drawn picture of 720x1280 at 30 frames a second with a running UTC clock, and soft tones; H.264 constrained
 * baseline with a key frame every 2 s, and AAC 48 kHz stereo. Encoded in this process and published over real RTMP. When
 * the server goes away it tries again after 1, 2, 4 .. 30 s. Thread-safe.
 */
public final class GeneratedHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GeneratedHost.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

    private final HostSpec spec;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable NativeGuard guard;

    private GeneratedHost(HostSpec spec, InstantSource clock) {
        this.spec = spec;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("generated-host").unstarted(this::run);
    }

    /** Begins to publish, on a thread of its own. */
    public static GeneratedHost start(HostSpec spec, InstantSource clock) {
        var host = new GeneratedHost(spec, clock);
        host.thread.start();
        return host;
    }

    private void run() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), System.nanoTime());
        var run = new HostRun(spec.title(), clock);
        try {
            while (stopped.getCount() > 0) {
                long began = System.nanoTime();
                publish(run);
                if (System.nanoTime() - began > Duration.ofSeconds(30).toNanos()) {
                    backoff.reset();
                }
                if (stopped.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("generated host interrupted");
        } catch (RuntimeException e) {
            LOG.error("generated host ends", e);
        }
    }

    private void publish(HostRun run) {
        var current = new NativeGuard("");
        guard = current;
        if (stopped.getCount() == 0) {
            return;
        }
        current.bind();
        try {
            run.publish(spec.url(), current);
        } catch (NativeException e) {
            if (stopped.getCount() > 0) {
                LOG.info("generated host lost {}: {}", Redaction.url(spec.url()), e.getMessage());
            }
        } finally {
            current.unbind();
        }
    }

    /** True until it was closed. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Stops publishing and waits at most 3 s. */
    @Override
    public void close() {
        stopped.countDown();
        NativeGuard current = guard;
        if (current != null) {
            current.stop();
        }
        try {
            thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
