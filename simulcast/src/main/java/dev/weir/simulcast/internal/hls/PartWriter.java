package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.MediaUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects the frames of the part in the making and hands complete parts to the window. Not thread-safe. */
final class PartWriter {

    private static final int TICKS = InitSegment.VIDEO_TIMESCALE / 1000;

    private final HlsWindow window;
    private final List<Sample> video = new ArrayList<>();
    private final List<Sample> audio = new ArrayList<>();
    private boolean independent;
    private long segmentStart;
    private long partStart;
    private long segmentBytes;
    private long fragments;

    PartWriter(HlsWindow window) {
        this.window = window;
    }

    void begin(long atMillis, boolean discontinuity, Instant startedAt) {
        window.beginSegment(discontinuity, startedAt);
        segmentStart = atMillis;
        partStart = atMillis;
        segmentBytes = 0;
        audio.clear();
    }

    /** Adds a picture that lasts {@code millis}; it begins a new part when this one would become too long. */
    void picture(MediaUnit unit, long millis) {
        if (unit.dtsMillis() + millis - partStart > Segmenter.PART_MILLIS) {
            endPart(unit.dtsMillis());
        }
        if (video.isEmpty()) {
            independent = unit.key();
        }
        video.add(new Sample(
                unit.dtsMillis() * TICKS,
                (int) (millis * TICKS),
                (int) ((unit.ptsMillis() - unit.dtsMillis()) * TICKS),
                unit.key(),
                unit.payload()));
        segmentBytes += unit.size();
    }

    void sound(Sample sample) {
        audio.add(sample);
        segmentBytes += sample.payload().length;
    }

    /** Completes the part, unless nothing is in it; sound alone makes a part only where there is no picture. */
    void endPart(long nowMillis) {
        if (nowMillis <= partStart || (video.isEmpty() && audio.isEmpty())) {
            return;
        }
        boolean start = video.isEmpty() || independent;
        window.addPart(nowMillis - partStart, start, Fragment.of(++fragments, video, audio));
        video.clear();
        audio.clear();
        partStart = nowMillis;
    }

    void endSegment(long nowMillis) {
        endPart(nowMillis);
        window.completeSegment();
    }

    boolean isFirst() {
        return fragments == 0;
    }

    long sinceSegment(long nowMillis) {
        return nowMillis - segmentStart;
    }

    long sincePart(long nowMillis) {
        return nowMillis - partStart;
    }

    long segmentBytes() {
        return segmentBytes;
    }
}
