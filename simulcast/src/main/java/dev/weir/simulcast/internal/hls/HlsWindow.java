package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.HlsResource;
import dev.weir.simulcast.HlsStats;
import dev.weir.simulcast.PlaylistReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The files that players may fetch now. One packager writes, any number of requests read and wait; those who waited for
 * the same thing are handed the same bytes.
 */
public final class HlsWindow {

    /** The name of the low-latency playlist. */
    public static final String PLAYLIST = Shelf.PLAYLIST;

    /** The name of the playlist for a CDN. */
    public static final String CDN_PLAYLIST = Shelf.CDN_PLAYLIST;

    /** An answer that waited for a part stays right for that request; in target durations (appendix B.1). */
    private static final int BLOCKED_CACHED = 6;

    /** How far ahead of the newest segment a request may be. */
    private static final int AHEAD = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Shelf shelf;
    /** Seen by others only while its owner waits: the lock is held otherwise. */
    private int blocked;

    /**
     * An empty window.
     *
     * @param epochMillis wall time: keeps names, and in seconds the numbers, from being used again by the next window
     *     of the same live
     */
    public HlsWindow(long epochMillis) {
        shelf = new Shelf(HlsNames.since(epochMillis), epochMillis / 1000);
    }

    void newInit(byte[] bytes) {
        locked(() -> shelf.newInit(bytes));
    }

    void beginSegment(boolean discontinuity, Instant startedAt) {
        locked(() -> shelf.beginSegment(discontinuity, startedAt));
    }

    void addPart(long millis, boolean independent, byte[] bytes) {
        locked(() -> shelf.addPart(millis, independent, bytes));
    }

    void completeSegment() {
        locked(shelf::completeSegment);
    }

    void end() {
        locked(shelf::end);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the name stands for now; waits at most {@code timeout} for what the playlist announces. */
    public Optional<HlsResource> find(String name, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        blocked++;
        try {
            while (true) {
                HlsResource found = shelf.find(name);
                if (found != null || shelf.hasEnded() || left <= 0 || !shelf.isNext(name)) {
                    return Optional.ofNullable(found);
                }
                left = grown.awaitNanos(left);
            }
        } finally {
            blocked--;
            lock.unlock();
        }
    }

    /**
     * The playlist once it holds part {@code part} of segment {@code sequence}.
     *
     * @param sequence -1 to wait for the first part only
     * @param part index from 0, or -1 to wait for the whole segment
     * @param delta true to leave out what the player knows already
     */
    public PlaylistReply await(long sequence, int part, boolean delta, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        blocked++;
        try {
            if (sequence > shelf.newest() + AHEAD) {
                return new PlaylistReply.TooFarAhead(
                        "_HLS_msn: %d (expected: 0..%d)".formatted(sequence, shelf.newest() + AHEAD));
            }
            while (!shelf.reached(sequence, part)) {
                if (left <= 0) {
                    return new PlaylistReply.TimedOut();
                }
                left = grown.awaitNanos(left);
            }
            return reply(shelf.playlist(delta), sequence >= 0);
        } finally {
            blocked--;
            lock.unlock();
        }
    }

    private PlaylistReply reply(@Nullable HlsResource now, boolean numbered) {
        if (now == null) {
            return new PlaylistReply.TimedOut();
        }
        boolean cached = numbered && !shelf.hasEnded();
        var age = cached ? Duration.ofSeconds(shelf.targetSeconds() * BLOCKED_CACHED) : Duration.ZERO;
        return new PlaylistReply.Ready(new HlsResource(now.bytes(), now.contentType(), false, age));
    }

    /** What waits and what is held now. */
    public HlsStats stats() {
        lock.lock();
        try {
            return new HlsStats(blocked, shelf.size(), shelf.bytes(), Duration.ofMillis(shelf.partMillis()));
        } finally {
            lock.unlock();
        }
    }
}
