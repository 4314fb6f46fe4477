package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one target: waits for a host, connects, sends, and starts over. It shares nothing but the fan-out. */
public final class TargetWorker {

    private static final Logger LOG = LoggerFactory.getLogger(TargetWorker.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LOOKUP = Duration.ofSeconds(5);

    private final TargetSpec spec;
    private final TargetPolicy policy;
    private final PacketFanout fanout;
    private final BooleanSupplier hostPresent;
    private final InstantSource clock;
    private final TargetBook book;
    private final Backoff backoff;
    private final Semaphore wakeUps = new Semaphore(0);
    private final AtomicBoolean retryNow = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable NativeGuard guard;

    /** A worker that {@link #start} sets going. */
    public TargetWorker(
            TargetSpec spec,
            TargetPolicy policy,
            PacketFanout fanout,
            BooleanSupplier hostPresent,
            InstantSource clock,
            TargetBook book) {
        this.spec = spec;
        this.policy = policy;
        this.fanout = fanout;
        this.hostPresent = hostPresent;
        this.clock = clock;
        this.book = book;
        this.backoff = new Backoff(
                policy.firstBackoff(),
                policy.maxBackoff(),
                policy.jitterSeed() ^ spec.id().hashCode());
        this.thread = Thread.ofPlatform().daemon().name("target-" + spec.id()).unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Asks the thread to end; a native call under way is interrupted within about 100 ms. */
    public void stop() {
        stopped = true;
        NativeGuard current = guard;
        if (current != null) {
            current.stop();
        }
        wake(false);
    }

    /** Waits for the end of the thread. */
    public boolean join(Duration timeout) throws InterruptedException {
        return thread.join(timeout);
    }

    /** Ends a wait for the next attempt. */
    public void retry() {
        wake(true);
    }

    private void wake(boolean retry) {
        if (retry) {
            retryNow.set(true);
        }
        wakeUps.release();
    }

    private void run() {
        try {
            while (awaitHost()) {
                book.move(TargetState.CONNECTING);
                settle(session());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("target {} ends", spec, e);
        } finally {
            book.move(TargetState.ENDED);
        }
    }

    private boolean ready() {
        return hostPresent.getAsBoolean() && fanout.headers().video() != null;
    }

    private boolean awaitHost() throws InterruptedException {
        while (!stopped && !ready()) {
            book.move(TargetState.IDLE);
            takeRetry();
            pause(POLL);
        }
        takeRetry();
        return !stopped;
    }

    private void settle(SessionEnd end) throws InterruptedException {
        switch (end) {
            case SessionEnd.Stopped stop -> LOG.debug("target {} stopped", spec);
            case SessionEnd.CodecsChanged change -> LOG.debug("target {} begins anew for new codecs", spec);
            case SessionEnd.HostGone gone -> book.move(TargetState.IDLE);
            case SessionEnd.Rejected(String reason) -> hold(TargetState.REJECTED, reason, policy.rejectedRetry());
            case SessionEnd.Failed(String reason) -> hold(TargetState.BACKOFF, reason, backoff.next());
        }
    }

    private void hold(TargetState state, String reason, Duration delay) throws InterruptedException {
        LOG.info("target {}: {}: {}", spec, state, reason);
        Instant retryAt = clock.instant().plus(delay);
        book.failed(state, reason, retryAt);
        long until = System.nanoTime() + delay.toNanos();
        while (!stopped && ready() && !takeRetry() && System.nanoTime() - until < 0) {
            pause(Duration.ofNanos(Math.clamp(until - System.nanoTime(), 1, POLL.toNanos())));
        }
    }

    private boolean takeRetry() {
        return retryNow.getAndSet(false);
    }

    private void pause(Duration time) throws InterruptedException {
        if (wakeUps.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            wakeUps.drainPermits();
        }
    }

    private SessionEnd session() throws InterruptedException {
        var session = new NativeGuard(secretOf(spec.url()));
        guard = session;
        if (stopped) {
            return new SessionEnd.Stopped();
        }
        session.bind();
        StreamHeaders headers = fanout.headers();
        try {
            HostLookup.check(spec.host(), LOOKUP);
            try (Push push = Push.open(spec, policy, headers, session);
                    Subscription queue = fanout.subscribe(
                            new ConsumerSpec(spec.id(), policy.queueMillis(), policy.queueBytes()), true)) {
                return send(push, queue, headers, session);
            }
        } catch (NativeException e) {
            return stopped ? new SessionEnd.Stopped() : Failures.classify(e, session, policy);
        } finally {
            session.unbind();
            guard = null;
        }
    }

    private SessionEnd send(Push push, Subscription queue, StreamHeaders headers, NativeGuard session)
            throws InterruptedException, NativeException {
        var health = new Health(book, backoff, queue);
        while (!stopped) {
            Optional<MediaUnit> next = queue.take(POLL);
            if (next.isEmpty()) {
                if (health.silentFor().compareTo(policy.hostGap()) > 0 || queue.isClosed()) {
                    return new SessionEnd.HostGone();
                }
            } else if (!next.get().headers().sameCodecs(headers)) {
                return new SessionEnd.CodecsChanged();
            } else {
                session.allow(policy.noProgress());
                health.before();
                health.after(push.write(next.get()));
            }
        }
        return new SessionEnd.Stopped();
    }

    /** Everything after the application may be key. */
    private static String secretOf(String url) {
        String path = url.replaceFirst("^[A-Za-z]+://[^/?]*/?", "");
        return path.substring(Math.max(path.indexOf('/'), path.startsWith("?") ? 0 : -1) + 1);
    }
}
