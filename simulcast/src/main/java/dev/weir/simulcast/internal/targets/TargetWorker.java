package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.TargetFit;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.VideoLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target's life: waits for a host, lets its engine connect and send, and starts over. It shares nothing with other
 * targets but the stream. Its virtual thread sleeps while the engine works.
 */
public final class TargetWorker {

    private static final Logger LOG = LoggerFactory.getLogger(TargetWorker.class);
    /** A server that has not noticed the end of our last connection says that the key is taken; that passes. */
    private static final Duration GHOST = Duration.ofMinutes(2);

    private static final Pattern IN_USE = Pattern.compile("(?i)already|in use");

    private static final Duration POLL = Duration.ofMillis(100);

    private final TargetPolicy policy;
    private final UnaryOperator<VideoLimits> sharing;
    private final StreamSource source;
    private final InstantSource clock;
    private final TargetBook book;
    private final Backoff backoff;
    private final Semaphore wakeUps = new Semaphore(0);
    private final AtomicBoolean retryNow = new AtomicBoolean();
    private final AtomicBoolean respecced = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable StopSignal session;

    /**
     * A worker that {@link #start} sets going.
     *
     * @param sharing gives the limits of the re-encode that a target with these shares with others
     */
    public TargetWorker(
            TargetPolicy policy,
            Function<Rendition, RenditionLease> renditions,
            UnaryOperator<VideoLimits> sharing,
            BooleanSupplier onAir,
            InstantSource clock,
            TargetBook book) {
        this.policy = policy;
        this.sharing = sharing;
        this.source = new StreamSource(renditions, onAir);
        this.clock = clock;
        this.book = book;
        String id = book.spec().id();
        this.backoff = new Backoff(policy.firstBackoff(), policy.maxBackoff(), policy.jitterSeed() ^ id.hashCode());
        this.thread = Thread.ofVirtual().name("target-" + id).unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Asks it to end. */
    public void stop() {
        stopped = true;
        endSession();
        wake();
    }

    /** Waits for the end of it. */
    public boolean join(Duration timeout) throws InterruptedException {
        return thread.join(timeout);
    }

    /** Ends a wait for the next attempt. */
    public void retry() {
        retryNow.set(true);
        wake();
    }

    /** The book holds another address: leaves the present one, and does not wait before the new one is tried. */
    public void respecced() {
        respecced.set(true);
        endSession();
        retry();
    }

    private void endSession() {
        StopSignal running = session;
        if (running != null) {
            running.give();
        }
    }

    private void wake() {
        wakeUps.release();
    }

    private void run() {
        try {
            for (PacketFanout fanout = awaitHost(); fanout != null; fanout = awaitHost()) {
                settle(session(fanout));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("target {} ends", book.spec(), e);
        } finally {
            source.release();
            book.move(TargetState.ENDED);
        }
    }

    /** The stream in the form that is needed; null when the target was removed. */
    private @Nullable PacketFanout awaitHost() throws InterruptedException {
        while (!stopped) {
            if (respecced.getAndSet(false)) {
                backoff.reset();
                source.release();
            }
            if (!source.onAir()) {
                source.release();
            } else {
                PacketFanout ready = source.ready(form(book.spec()));
                if (ready != null) {
                    retryNow.set(false);
                    return ready;
                }
            }
            book.move(TargetState.IDLE);
            pause(POLL);
        }
        return null;
    }

    private Rendition form(TargetSpec spec) {
        if (WhipAddress.isOne(spec)) {
            return new Rendition.WebRtc();
        }
        var limits = spec.limits();
        return spec.fit() == TargetFit.REENCODE && limits != null
                ? new Rendition.Limited(sharing.apply(limits))
                : new Rendition.Aac();
    }

    private SessionEnd session(PacketFanout fanout) throws InterruptedException {
        var stop = new StopSignal();
        session = stop;
        if (stopped || respecced.get()) {
            return new SessionEnd.Stopped();
        }
        TargetSpec spec = book.spec();
        book.connecting();
        var health = new Health(book, backoff, policy);
        try {
            return engine(spec).run(new PushJob(spec, policy, fanout, health, stop));
        } finally {
            health.close();
            session = null;
        }
    }

    private static PushEngine engine(TargetSpec spec) {
        boolean userName =
                spec.url().replaceFirst("^[A-Za-z]+://([^/?#]*).*$", "$1").contains("@");
        return spec.scheme().startsWith("rtmp") && !userName ? new RtmpEngine() : new FfmpegEngine();
    }

    private void settle(SessionEnd end) throws InterruptedException {
        switch (end) {
            case SessionEnd.Stopped stop -> LOG.debug("target {} leaves its address", book.spec());
            case SessionEnd.CodecsChanged change -> LOG.debug("target {} begins anew for new codecs", book.spec());
            case SessionEnd.HostGone gone -> {
                source.release();
                book.move(TargetState.IDLE);
            }
            case SessionEnd.Rejected(String reason) -> {
                if (book.wasLiveWithin(GHOST, System.nanoTime())
                        && IN_USE.matcher(reason).find()) {
                    hold(TargetState.BACKOFF, reason + " (by our last connection, it seems)", backoff.next());
                } else {
                    hold(TargetState.REJECTED, reason, policy.rejectedRetry());
                }
            }
            case SessionEnd.Failed(String reason) -> hold(TargetState.BACKOFF, reason, backoff.next());
        }
    }

    private void hold(TargetState state, String reason, Duration delay) throws InterruptedException {
        LOG.info("target {}: {}: {}", book.spec(), state, reason);
        Instant retryAt = clock.instant().plus(delay);
        book.failed(state, reason, retryAt);
        long until = System.nanoTime() + delay.toNanos();
        while (!stopped && source.onAir() && !retryNow.getAndSet(false) && System.nanoTime() - until < 0) {
            pause(Duration.ofNanos(Math.clamp(until - System.nanoTime(), 1, POLL.toNanos())));
        }
    }

    private void pause(Duration time) throws InterruptedException {
        if (wakeUps.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            wakeUps.drainPermits();
        }
    }
}
