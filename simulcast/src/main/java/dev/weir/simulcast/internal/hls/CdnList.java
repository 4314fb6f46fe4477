package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.HlsResource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same stream for a CDN: segments of 4 to 6 s without parts, each made of the low-latency ones. Guarded by the
 * window's lock.
 */
final class CdnList {

    private static final long TARGET_MILLIS = 4000;
    private static final long TOLERANCE_MILLIS = 100;
    private static final int LISTED = 5;
    /** A cache that read an older playlist may still fetch what it named. */
    private static final int KEPT_AFTER_LISTING = 3;

    private final HlsNames names;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Segment> open = new ArrayList<>();
    private long nextSequence;
    private long targetSeconds = TARGET_MILLIS / 1000;
    private boolean ended;
    private @Nullable HlsResource rendered;

    CdnList(HlsNames names, long firstSequence) {
        this.names = names;
        this.nextSequence = firstSequence;
    }

    /** One CDN segment; its bytes are joined when they are first asked for, and kept. */
    private static final class Entry {
        private final String name;
        private final List<Segment> from;
        private @Nullable HlsResource file;

        private Entry(String name, List<Segment> from) {
            this.name = name;
            this.from = from;
        }

        private HlsResource file() {
            HlsResource known = file;
            if (known == null) {
                var joined = new Boxes(
                        from.stream().mapToInt(segment -> (int) segment.bytes()).sum());
                from.stream().map(Segment::file).forEach(part -> {
                    if (part != null) {
                        joined.bytes(part.bytes());
                    }
                });
                known = from.size() == 1 && from.getFirst().file() != null
                        ? from.getFirst().file()
                        : Files.segment(joined.takeBytes());
                file = known;
            }
            return known;
        }

        private long millis() {
            return from.stream().mapToLong(Segment::millis).sum();
        }
    }

    /** Takes a complete segment. */
    void add(Segment segment) {
        if (!open.isEmpty() && (segment.discontinuity || !segment.init.equals(open.getFirst().init))) {
            closeOpen();
        }
        open.add(segment);
        if (open.stream().mapToLong(Segment::millis).sum() >= TARGET_MILLIS - TOLERANCE_MILLIS) {
            closeOpen();
        }
    }

    void end() {
        closeOpen();
        ended = true;
        rendered = null;
    }

    private void closeOpen() {
        if (open.isEmpty()) {
            return;
        }
        var entry = new Entry(names.cdn(nextSequence++), List.copyOf(open));
        open.clear();
        entries.add(entry);
        targetSeconds = Math.max(targetSeconds, Math.round(entry.millis() / 1000.0));
        while (entries.size() > LISTED + KEPT_AFTER_LISTING) {
            entries.removeFirst();
        }
        rendered = null;
    }

    @Nullable
    HlsResource find(String name) {
        for (Entry entry : entries) {
            if (entry.name.equals(name)) {
                return entry.file();
            }
        }
        return null;
    }

    /** Inits that a listed or kept segment needs. */
    boolean needs(String init) {
        return entries.stream().anyMatch(entry -> entry.from.getFirst().init.equals(init));
    }

    /** Null before the first segment. */
    @Nullable
    HlsResource playlist() {
        if (rendered == null && !entries.isEmpty()) {
            rendered = Files.playlist(text(), Duration.ofSeconds(targetSeconds / 2));
        }
        return rendered;
    }

    private String text() {
        List<Entry> listed = List.copyOf(entries).subList(Math.max(0, entries.size() - LISTED), entries.size());
        var out = new StringBuilder(1024).append("#EXTM3U\n#EXT-X-VERSION:7\n");
        out.append("#EXT-X-TARGETDURATION:").append(targetSeconds).append('\n');
        out.append("#EXT-X-MEDIA-SEQUENCE:")
                .append(nextSequence - listed.size())
                .append('\n');
        out.append("#EXT-X-DISCONTINUITY-SEQUENCE:").append(first(listed.getFirst()).discontinuities);
        out.append("\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        Segment previous = null;
        for (Entry entry : listed) {
            Segment segment = first(entry);
            PlaylistText.before(out, segment, previous);
            previous = segment;
            out.append("#EXTINF:").append(PlaylistText.seconds(entry.millis())).append(",\n");
            out.append(entry.name).append('\n');
        }
        return out.append(ended ? "#EXT-X-ENDLIST\n" : "").toString();
    }

    private static Segment first(Entry entry) {
        return entry.from.getFirst();
    }
}
