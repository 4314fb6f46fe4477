package dev.weir.simulcast.internal.hls;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Writes the media playlist (RFC 8216, and rfc8216bis for parts). */
final class PlaylistText {

    private static final int SEGMENTS_WITH_PARTS = 3;

    private final StringBuilder out = new StringBuilder(4096);

    private PlaylistText() {}

    static String of(List<Segment> segments, long discontinuities, long targetSeconds, boolean ended) {
        return new PlaylistText().write(segments, discontinuities, targetSeconds, ended);
    }

    private String write(List<Segment> segments, long discontinuities, long targetSeconds, boolean ended) {
        long partMillis = Segmenter.PART_MILLIS;
        for (Segment segment : segments) {
            for (Part part : segment.parts) {
                partMillis = Math.max(partMillis, part.millis());
            }
        }
        line("#EXTM3U");
        line("#EXT-X-VERSION:9");
        line("#EXT-X-TARGETDURATION:" + targetSeconds);
        line("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=" + seconds(partMillis * 3));
        line("#EXT-X-PART-INF:PART-TARGET=" + seconds(partMillis));
        line("#EXT-X-MEDIA-SEQUENCE:" + segments.getFirst().sequence);
        line("#EXT-X-DISCONTINUITY-SEQUENCE:" + discontinuities);
        line("#EXT-X-INDEPENDENT-SEGMENTS");
        for (int i = 0; i < segments.size(); i++) {
            Segment previous = i == 0 ? null : segments.get(i - 1);
            boolean newInit = previous == null || previous.init != segments.get(i).init;
            segment(segments.get(i), i > 0, newInit, i >= segments.size() - SEGMENTS_WITH_PARTS && !ended);
        }
        if (ended) {
            line("#EXT-X-ENDLIST");
        } else {
            hint(segments.getLast());
        }
        return out.toString();
    }

    private void segment(Segment segment, boolean afterOther, boolean newInit, boolean withParts) {
        if (segment.discontinuity && afterOther) {
            line("#EXT-X-DISCONTINUITY");
        }
        if (newInit) {
            line("#EXT-X-MAP:URI=\"init-" + segment.init + ".mp4\"");
        }
        line("#EXT-X-PROGRAM-DATE-TIME:" + segment.startedAt.truncatedTo(ChronoUnit.MILLIS));
        for (int i = 0; withParts && i < segment.parts.size(); i++) {
            Part part = segment.parts.get(i);
            line("#EXT-X-PART:DURATION=" + seconds(part.millis()) + ",URI=\"" + segment.partName(i) + "\""
                    + (part.independent() ? ",INDEPENDENT=YES" : ""));
        }
        if (segment.complete) {
            line("#EXTINF:" + seconds(segment.millis()) + ",");
            line(segment.name());
        }
    }

    private void hint(Segment last) {
        String next = last.complete ? "part-" + (last.sequence + 1) + ".0.m4s" : last.partName(last.parts.size());
        line("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" + next + "\"");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
