package dev.weir.simulcast;

import dev.weir.simulcast.internal.targets.SharedLimits;
import dev.weir.simulcast.internal.targets.TargetBook;
import dev.weir.simulcast.internal.targets.TargetWorker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * To which addresses is one live pushed, and how do they do?
 *
 * <p>Targets can be added and removed at any time, with or without a host; they share nothing but the fan-out. At most
 * 50. Thread-safe.
 */
public final class StreamTargets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTargets.class);
    private static final int MAX_TARGETS = 50;
    private static final Duration STOP_TIME = Duration.ofSeconds(2);
    private static final Duration WATCH = Duration.ofMillis(500);

    private final PacketFanout source;
    private final Function<Rendition, RenditionLease> renditions;
    private final BooleanSupplier onAir;
    private final TargetPolicy policy;
    private final InstantSource clock;
    private final Map<String, StreamTarget> targets = new ConcurrentSkipListMap<>();
    private final Thread watcher;
    private volatile boolean closed;

    /**
     * No targets yet.
     *
     * @param source the stream as the host sends it, to be compared with what targets take
     * @param renditions where the stream can be had in the form that a target needs
     * @param onAir true while there is a stream: a host's, or what fills its gap
     */
    public StreamTargets(
            PacketFanout source,
            Function<Rendition, RenditionLease> renditions,
            BooleanSupplier onAir,
            TargetPolicy policy,
            InstantSource clock) {
        this.source = source;
        this.renditions = renditions;
        this.onAir = onAir;
        this.policy = policy;
        this.clock = clock;
        this.watcher = Thread.ofVirtual().name("target-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(WATCH);
                long now = System.nanoTime();
                targets.values().forEach(target -> target.book().checkProgress(now));
            }
        } catch (InterruptedException e) {
            LOG.trace("target watch ends");
        }
    }

    /**
     * Adds a target and starts it.
     *
     * @throws IllegalArgumentException when the id is taken or there are too many
     */
    public synchronized StreamTarget add(TargetSpec spec) {
        if (closed) {
            throw new IllegalStateException("live: ended (expected: one that goes on)");
        }
        if (targets.size() >= MAX_TARGETS) {
            throw new IllegalArgumentException(
                    "targets: %d (expected: below %d)".formatted(targets.size(), MAX_TARGETS));
        }
        if (targets.containsKey(spec.id())) {
            throw new IllegalArgumentException("target id: %s (expected: not in use)".formatted(spec.id()));
        }
        var book = new TargetBook(spec, clock);
        var worker = new TargetWorker(policy, renditions, this::sharedLimits, onAir, clock, book);
        var target = new StreamTarget(book, worker, this::misfits);
        targets.put(spec.id(), target);
        worker.start();
        return target;
    }

    /** Decided when a target begins or is changed; those that are live already are not disturbed for it. */
    private VideoLimits sharedLimits(VideoLimits own) {
        List<VideoLimits> all = targets.values().stream()
                .map(StreamTarget::spec)
                .filter(spec -> spec.fit() == TargetFit.REENCODE)
                .map(TargetSpec::limits)
                .filter(Objects::nonNull)
                .toList();
        return SharedLimits.of(own, all, source.headers().video());
    }

    private List<Misfit> misfits(TargetSpec spec) {
        VideoLimits limits = spec.limits();
        return limits == null || spec.fit() == TargetFit.REENCODE
                ? List.of()
                : StreamFit.check(source.headers(), source.stats(), limits);
    }

    /**
     * Gives a target another address while the others go on: the present connection is closed, the new one begun without
     * a wait. Counters and history stay.
     *
     * @return false when there is no target of that id
     * @throws IllegalArgumentException when the address is none to push to
     */
    public synchronized boolean rekey(String id, String url) {
        StreamTarget target = targets.get(id);
        return target != null && replace(target.spec().withUrl(url));
    }

    /** The same for everything but the id, for example to have it re-encoded from now on. */
    public synchronized boolean replace(TargetSpec spec) {
        StreamTarget target = targets.get(spec.id());
        if (target == null) {
            return false;
        }
        target.book().respec(spec);
        target.worker().respecced();
        return true;
    }

    /** Removes a target and waits at most 2 s until its connection is closed; false when there is none. */
    public boolean remove(String id) throws InterruptedException {
        StreamTarget target = targets.remove(id);
        if (target == null) {
            return false;
        }
        target.worker().stop();
        if (!target.worker().join(STOP_TIME)) {
            LOG.warn("target {} is still closing", target.spec());
        }
        return true;
    }

    /** The target of that id. */
    public Optional<StreamTarget> find(String id) {
        return Optional.ofNullable(targets.get(id));
    }

    /** How all of them do, ordered by id. */
    public List<TargetStatus> list() {
        return targets.values().stream().map(StreamTarget::status).toList();
    }

    /** Ends all of them; waits at most 2 s in all. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        watcher.interrupt();
        targets.values().forEach(target -> target.worker().stop());
        long until = System.nanoTime() + STOP_TIME.toNanos();
        try {
            for (StreamTarget target : targets.values()) {
                target.worker().join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
