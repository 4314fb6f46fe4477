package dev.weir.simulcast.internal.hls;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the low-latency playlist, whole or as a delta update (rfc8216bis §4.4, §6.2.5.1). */
final class PlaylistText {

    /** Parts older than this are not listed any more; in target durations. */
    private static final int PARTS_LISTED = 3;
    /** Least distance from the end at which a segment may be skipped, in target durations. */
    private static final int SKIP_FROM = 6;

    /** In parts; three are advised (RFC 8216bis 4.4.3.8), and with three a browser that is busy for a moment runs dry. */
    private static final int HOLD_BACK = 4;

    /** Always three decimals, also on the full second. */
    private static final DateTimeFormatter PROGRAM_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(4096);
    private final Listing listing;
    private final long targetMillis;

    /**
     * What is to be listed.
     *
     * @param segments not empty; only the last may be incomplete
     * @param next the name of the part that will come next
     */
    record Listing(List<Segment> segments, long targetSeconds, long partMillis, String next, boolean ended) {
        /**
         * The newest segment is listed by its parts until the next one has begun: a player may believe that what follows a
         * whole segment goes on under the same EXT-X-MAP, and hls.js then keeps that belief.
         */
        private boolean isWhole(int index) {
            return ended || index < segments.size() - 1;
        }
    }

    private PlaylistText(Listing listing) {
        this.listing = listing;
        this.targetMillis = listing.targetSeconds() * 1000;
    }

    static String whole(Listing listing) {
        return new PlaylistText(listing).write(0);
    }

    /** The playlist without the oldest segments; the whole one when none is old enough. */
    static String delta(Listing listing) {
        var text = new PlaylistText(listing);
        return text.write(text.skippable());
    }

    private int skippable() {
        long fromEnd = listing.segments().stream().mapToLong(Segment::millis).sum();
        int count = 0;
        for (Segment segment : listing.segments()) {
            fromEnd -= segment.millis();
            if (fromEnd < SKIP_FROM * targetMillis) {
                break;
            }
            count++;
        }
        return count;
    }

    private String write(int skipped) {
        List<Segment> segments = listing.segments();
        head(segments.getFirst());
        if (skipped > 0) {
            line("#EXT-X-SKIP:SKIPPED-SEGMENTS=" + skipped);
        }
        long fromEnd =
                segments.stream().skip(skipped).mapToLong(Segment::millis).sum();
        for (int i = skipped; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            before(out, segment, i == 0 ? null : segments.get(i - 1));
            fromEnd -= segment.millis();
            if (!listing.ended() && fromEnd < PARTS_LISTED * targetMillis) {
                segment.parts().forEach(this::part);
            }
            if (listing.isWhole(i)) {
                line("#EXTINF:" + seconds(segment.millis()) + ",");
                line(segment.name);
            }
        }
        line(listing.ended() ? "#EXT-X-ENDLIST" : "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" + listing.next() + "\"");
        return out.toString();
    }

    private void head(Segment first) {
        line("#EXTM3U");
        line("#EXT-X-VERSION:9");
        line("#EXT-X-TARGETDURATION:" + listing.targetSeconds());
        line("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=" + seconds(SKIP_FROM * targetMillis)
                + ",PART-HOLD-BACK=" + seconds(HOLD_BACK * listing.partMillis()));
        line("#EXT-X-PART-INF:PART-TARGET=" + seconds(listing.partMillis()));
        line("#EXT-X-MEDIA-SEQUENCE:" + first.sequence);
        line("#EXT-X-DISCONTINUITY-SEQUENCE:" + first.discontinuities);
        line("#EXT-X-INDEPENDENT-SEGMENTS");
    }

    /** The tags that a segment needs after {@code previous}. */
    static void before(StringBuilder out, Segment segment, @Nullable Segment previous) {
        if (segment.discontinuity && previous != null) {
            out.append("#EXT-X-DISCONTINUITY\n");
        }
        if (previous == null || !previous.init.equals(segment.init)) {
            out.append("#EXT-X-MAP:URI=\"").append(segment.init).append("\"\n");
        }
        out.append("#EXT-X-PROGRAM-DATE-TIME:").append(PROGRAM_TIME.format(segment.startedAt));
        out.append('\n');
    }

    private void part(Part part) {
        line("#EXT-X-PART:DURATION=" + seconds(part.millis()) + ",URI=\"" + part.name() + "\""
                + (part.independent() ? ",INDEPENDENT=YES" : ""));
    }

    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
