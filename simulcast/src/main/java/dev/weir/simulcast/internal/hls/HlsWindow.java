package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.HlsResource;
import dev.weir.simulcast.PlaylistReply;
import dev.weir.simulcast.StreamHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The segments that players may fetch now. One packager writes, any number of requests read and wait. */
public final class HlsWindow {

    /** The name of the playlist. */
    public static final String PLAYLIST = "index.m3u8";

    private static final Pattern NAME =
            Pattern.compile("(?:init-(\\d{1,9})\\.mp4|seg-(\\d{1,15})\\.m4s" + "|part-(\\d{1,15})\\.(\\d{1,6})\\.m4s)");
    private static final int LISTED = 8;
    /** A player that read an older playlist may still fetch what it named. */
    private static final int KEPT_AFTER_LISTING = 3;

    private static final String MP4 = "video/mp4";
    private static final String SEGMENT = "video/iso.segment";
    private static final String M3U8 = "application/vnd.apple.mpegurl";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Map<Integer, byte[]> inits = new HashMap<>();
    private int lastInit = -1;
    private long nextSequence;
    private long droppedDiscontinuities;
    private long targetSeconds = 2;
    private boolean ended;
    private @Nullable HlsResource rendered;

    void newInit(StreamHeaders headers) {
        locked(() -> inits.put(++lastInit, InitSegment.of(headers)));
    }

    void beginSegment(boolean discontinuity, Instant startedAt) {
        locked(() -> segments.add(new Segment(nextSequence++, lastInit, discontinuity, startedAt)));
    }

    void addPart(Part part) {
        locked(() -> segments.getLast().parts.add(part));
    }

    void completeSegment() {
        locked(() -> {
            Segment last = segments.getLast();
            last.complete = true;
            targetSeconds = Math.max(targetSeconds, Math.round(last.millis() / 1000.0));
            while (segments.size() > LISTED + KEPT_AFTER_LISTING) {
                droppedDiscontinuities += segments.removeFirst().discontinuity ? 1 : 0;
            }
            int oldest = segments.getFirst().init;
            inits.keySet().removeIf(init -> init < oldest);
        });
    }

    void end() {
        locked(() -> ended = true);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            rendered = null;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the name stands for now; waits at most {@code timeout} for the part that the playlist announces. */
    public Optional<HlsResource> find(String name, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<HlsResource> found = find(name);
                if (found.isPresent() || ended || left <= 0 || !isNext(name)) {
                    return found;
                }
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isNext(String name) {
        if (segments.isEmpty()) {
            return name.equals(PLAYLIST) || name.equals("part-0.0.m4s");
        }
        Segment last = segments.getLast();
        return name.equals(last.complete ? "part-" + nextSequence + ".0.m4s" : last.partName(last.parts.size()));
    }

    private Optional<HlsResource> find(String name) {
        if (name.equals(PLAYLIST)) {
            return Optional.ofNullable(playlist());
        }
        var matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(1) != null) {
            return Optional.ofNullable(inits.get(Integer.parseInt(matcher.group(1))))
                    .map(bytes -> new HlsResource(bytes, MP4, true));
        }
        if (matcher.group(2) != null) {
            return segment(matcher.group(2))
                    .filter(found -> found.complete)
                    .map(found -> new HlsResource(found.bytes(), SEGMENT, true));
        }
        int part = Integer.parseInt(matcher.group(4));
        return segment(matcher.group(3))
                .filter(found -> part < found.parts.size())
                .map(found -> new HlsResource(found.parts.get(part).bytes(), SEGMENT, true));
    }

    private Optional<Segment> segment(String sequence) {
        long wanted = Long.parseLong(sequence);
        return segments.stream().filter(segment -> segment.sequence == wanted).findFirst();
    }

    private @Nullable HlsResource playlist() {
        if (rendered == null) {
            List<Segment> listed = listed();
            if (listed.isEmpty()) {
                return null;
            }
            long discontinuities = segments.stream()
                    .filter(segment -> segment.sequence <= listed.getFirst().sequence && segment.discontinuity)
                    .count();
            String text = PlaylistText.of(listed, droppedDiscontinuities + discontinuities, targetSeconds, ended);
            rendered = new HlsResource(text.getBytes(StandardCharsets.UTF_8), M3U8, false);
        }
        return rendered;
    }

    private List<Segment> listed() {
        List<Segment> all = new ArrayList<>(segments);
        all.removeIf(segment -> segment.parts.isEmpty());
        boolean open = !all.isEmpty() && !all.getLast().complete;
        int from = Math.max(0, all.size() - LISTED - (open ? 1 : 0));
        return all.subList(from, all.size());
    }

    /**
     * The playlist once it holds part {@code part} of segment {@code sequence}.
     *
     * @param part index from 0, or -1 to wait for the whole segment
     */
    public PlaylistReply await(long sequence, int part, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            if (sequence > Math.max(0, nextSequence - 1) + 2) {
                return new PlaylistReply.TooFarAhead(
                        "_HLS_msn: %d (expected: 0..%d)".formatted(sequence, Math.max(0, nextSequence - 1) + 2));
            }
            while (!ended && !reached(sequence, part)) {
                if (left <= 0) {
                    return new PlaylistReply.TimedOut();
                }
                left = grown.awaitNanos(left);
            }
            HlsResource now = playlist();
            return now == null ? new PlaylistReply.TimedOut() : new PlaylistReply.Ready(now);
        } finally {
            lock.unlock();
        }
    }

    private boolean reached(long sequence, int part) {
        if (segments.isEmpty()) {
            return false;
        }
        Segment last = segments.getLast();
        if (last.sequence != sequence) {
            // A part past the end of its segment means the first part of the next one.
            boolean beyond = last.sequence == sequence + 1 && part >= partsOf(sequence);
            return last.sequence > sequence && !(beyond && last.parts.isEmpty());
        }
        return last.complete ? part < last.parts.size() : part >= 0 && part < last.parts.size();
    }

    private int partsOf(long sequence) {
        return segments.stream()
                .filter(segment -> segment.sequence == sequence)
                .mapToInt(segment -> segment.parts.size())
                .findFirst()
                .orElse(0);
    }
}
