package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.HlsResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What players may fetch now, by name, and the playlists that say so. Guarded by the window's lock. */
final class Shelf {

    static final String PLAYLIST = "index.m3u8";
    static final String CDN_PLAYLIST = "cdn.m3u8";

    private static final long LISTED_MILLIS = 20_000;
    private static final int LEAST_LISTED = 4;
    /** A player that read an older playlist may still fetch what it named. */
    private static final int KEPT_AFTER_LISTING = 3;
    /** Segments whose parts can be fetched one by one: the listed three target durations and those just before. */
    private static final long PARTS_KEPT_MILLIS = 10_000;

    private static final long PARTS_KEPT_TARGETS = 5000;

    private static final long MAX_BYTES = 96L * 1024 * 1024;

    private final HlsNames names;
    private final CdnList cdn;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Map<String, HlsResource> files = new HashMap<>();
    private final Deque<String> inits = new ArrayDeque<>();
    private int nextInit;
    private long nextSequence;
    private long discontinuities;
    private long targetSeconds = 2;
    private long partMillis = Segmenter.PART_MILLIS;
    private boolean ended;
    private @Nullable HlsResource whole;
    private @Nullable HlsResource delta;

    /** @param first number of the first segment and the first discontinuity range */
    Shelf(HlsNames names, long first) {
        this.names = names;
        this.nextSequence = first;
        this.discontinuities = first;
        this.cdn = new CdnList(names, first);
    }

    void newInit(byte[] bytes) {
        String name = names.init(nextInit++);
        inits.add(name);
        files.put(name, Files.init(bytes));
    }

    void beginSegment(boolean discontinuity, Instant startedAt) {
        discontinuities += discontinuity ? 1 : 0;
        long sequence = nextSequence++;
        segments.add(new Segment(
                sequence, names.segment(sequence), inits.getLast(), discontinuity, discontinuities, startedAt));
    }

    void addPart(long millis, boolean independent, byte[] bytes) {
        Segment last = segments.getLast();
        String name = names.part(last.sequence, last.parts().size());
        var part = new Part(name, millis, independent, Files.segment(bytes));
        last.add(part);
        files.put(name, part.file());
        partMillis = Math.max(partMillis, millis);
        changed();
    }

    void completeSegment() {
        Segment last = segments.getLast();
        if (last.parts().isEmpty()) {
            segments.removeLast();
            nextSequence--;
            return;
        }
        files.put(last.name, last.complete());
        targetSeconds = Math.max(targetSeconds, Math.round(last.millis() / 1000.0));
        cdn.add(last);
        drop();
        changed();
    }

    void end() {
        ended = true;
        cdn.end();
        changed();
    }

    private void changed() {
        whole = null;
        delta = null;
    }

    private void drop() {
        int kept = segments.size() - firstListed() + KEPT_AFTER_LISTING;
        while (segments.size() > kept || (segments.size() > LEAST_LISTED && bytes() > MAX_BYTES)) {
            Segment oldest = segments.removeFirst();
            oldest.forgetParts().forEach(files::remove);
            files.remove(oldest.name);
        }
        long newer = segments.stream().mapToLong(Segment::millis).sum();
        for (Segment segment : segments) {
            newer -= segment.millis();
            if (newer > Math.max(PARTS_KEPT_MILLIS, targetSeconds * PARTS_KEPT_TARGETS)) {
                segment.forgetParts().forEach(files::remove);
            }
        }
        while (!inits.getFirst().equals(segments.getFirst().init) && !cdn.needs(inits.getFirst())) {
            files.remove(inits.removeFirst());
        }
    }

    /** The newest segments that make up the listed time, and no fewer than the least number. */
    private int firstListed() {
        int index = segments.size();
        long millis = 0;
        for (var newestFirst = segments.descendingIterator(); newestFirst.hasNext(); index--) {
            if (millis >= LISTED_MILLIS && segments.size() - index >= LEAST_LISTED) {
                break;
            }
            millis += newestFirst.next().millis();
        }
        return index;
    }

    @Nullable
    HlsResource find(String name) {
        return switch (name) {
            case PLAYLIST -> playlist(false);
            case CDN_PLAYLIST -> cdn.playlist();
            default -> {
                HlsResource file = files.get(name);
                yield file == null ? cdn.find(name) : file;
            }
        };
    }

    /** The playlist, written once for all who ask before the next change; null before the first part. */
    @Nullable
    HlsResource playlist(boolean skip) {
        HlsResource known = skip ? delta : whole;
        if (known != null || segments.isEmpty() || segments.getFirst().bytes() == 0) {
            return known;
        }
        List<Segment> listed = segments.stream()
                .skip(firstListed())
                .filter(segment -> segment.isComplete() || segment.millis() > 0)
                .toList();
        var listing = new PlaylistText.Listing(listed, targetSeconds, partMillis, nextPart(), ended);
        if (skip) {
            delta = Files.playlist(PlaylistText.delta(listing), Duration.ZERO);
            return delta;
        }
        whole = Files.playlist(PlaylistText.whole(listing), Duration.ZERO);
        return whole;
    }

    /** The name of the part that will come next. */
    String nextPart() {
        Segment last = segments.peekLast();
        return last == null || last.isComplete()
                ? names.part(nextSequence, 0)
                : names.part(last.sequence, last.parts().size());
    }

    /** True for what is not there yet and will be, if the host goes on. */
    boolean isNext(String name) {
        return name.equals(nextPart()) || name.equals(PLAYLIST) || name.equals(CDN_PLAYLIST);
    }

    /** The number of the segment in the making, or of the next one when none is. */
    long newest() {
        Segment last = segments.peekLast();
        return last == null || last.isComplete() ? nextSequence : last.sequence;
    }

    /** True once part {@code part} of the segment is there; -1 stands for all of it, listed as a whole. */
    boolean reached(long sequence, int part) {
        Segment last = segments.peekLast();
        if (last == null || ended) {
            return ended;
        }
        if (last.sequence == sequence) {
            return part >= 0 && part < last.parts().size();
        }
        if (last.sequence == sequence + 1 && last.parts().isEmpty()) {
            // A part past the end of its segment means the first part of the next one.
            return part >= 0 && part < partsOf(sequence);
        }
        return last.sequence > sequence;
    }

    private int partsOf(long sequence) {
        return segments.stream()
                .filter(segment -> segment.sequence == sequence)
                .mapToInt(segment -> segment.parts().size())
                .findFirst()
                .orElse(0);
    }

    boolean hasEnded() {
        return ended;
    }

    long partMillis() {
        return partMillis;
    }

    long targetSeconds() {
        return targetSeconds;
    }

    int size() {
        return segments.size();
    }

    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }
}
