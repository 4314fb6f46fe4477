package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames into parts and segments. A segment begins with a key frame; a picture is written once the next one tells
 * its duration. Not thread-safe.
 */
public final class Segmenter {

    static final long PART_MILLIS = 500;
    private static final long SEGMENT_MILLIS = 2000;
    /** Encoders place key frames some milliseconds early or late. */
    private static final long TOLERANCE_MILLIS = 100;

    private static final long LAST_FRAME_MILLIS = 33;
    private static final long MAX_SEGMENT_MILLIS = 60_000;
    private static final long MAX_SEGMENT_BYTES = 48L * 1024 * 1024;

    private final HlsWindow window;
    private final InstantSource clock;
    private final List<Sample> video = new ArrayList<>();
    private final List<Sample> audio = new ArrayList<>();
    private StreamHeaders headers = StreamHeaders.NONE;
    private StreamHeaders inited = StreamHeaders.NONE;
    private @Nullable AudioClock audioClock;
    private @Nullable MediaUnit waiting;
    private boolean inSegment;
    private boolean discontinuity;
    private long segmentStart;
    private long partStart;
    private long segmentBytes;
    private boolean partIndependent;
    private long rangeStart;
    private Instant rangeStartedAt = Instant.EPOCH;
    private long fragments;

    /** A segmenter that fills {@code window} and dates segments by {@code clock}. */
    public Segmenter(HlsWindow window, InstantSource clock) {
        this.window = window;
        this.clock = clock;
    }

    /** Takes the next frame. */
    public void accept(MediaUnit unit) {
        if (unit.headers().version() != headers.version()) {
            interrupt();
            headers = unit.headers();
            AudioHeader sound = headers.audio();
            audioClock = sound == null ? null : new AudioClock(sound.sampleRate());
        }
        if (unit.track() == Track.VIDEO) {
            picture(unit);
        } else if (inSegment && audioClock != null) {
            audio.add(audioClock.sample(unit.dtsMillis(), unit.payload()));
            segmentBytes += unit.size();
        }
    }

    private void picture(MediaUnit unit) {
        if (waiting != null) {
            long millis = unit.dtsMillis() - waiting.dtsMillis();
            if (millis > MAX_SEGMENT_MILLIS / 10) {
                interrupt();
            } else {
                write(waiting, millis);
                cut(unit, millis);
            }
        }
        if (!inSegment) {
            if (!unit.key()) {
                return;
            }
            begin(unit);
        }
        waiting = unit;
        segmentBytes += unit.size();
    }

    private void cut(MediaUnit next, long frameMillis) {
        long length = next.dtsMillis() - segmentStart;
        if (next.key() && length >= SEGMENT_MILLIS - TOLERANCE_MILLIS) {
            endSegment(next.dtsMillis());
        } else if (length > MAX_SEGMENT_MILLIS || segmentBytes > MAX_SEGMENT_BYTES) {
            endSegment(next.dtsMillis());
            waiting = null;
            discontinuity = true;
        } else if (next.dtsMillis() - partStart + frameMillis > PART_MILLIS) {
            endPart(next.dtsMillis());
        }
    }

    private void begin(MediaUnit key) {
        boolean fresh = fragments == 0;
        if (fresh || discontinuity) {
            rangeStart = key.dtsMillis();
            rangeStartedAt = clock.instant();
        }
        if (fresh || !headers.sameCodecs(inited)) {
            window.newInit(headers);
            inited = headers;
        }
        window.beginSegment(discontinuity && !fresh, rangeStartedAt.plusMillis(key.dtsMillis() - rangeStart));
        inSegment = true;
        discontinuity = false;
        segmentStart = key.dtsMillis();
        partStart = segmentStart;
        segmentBytes = 0;
    }

    private void write(MediaUnit unit, long millis) {
        int ticks = InitSegment.VIDEO_TIMESCALE / 1000;
        if (video.isEmpty()) {
            partIndependent = unit.key();
        }
        video.add(new Sample(
                unit.dtsMillis() * ticks,
                (int) (millis * ticks),
                (int) ((unit.ptsMillis() - unit.dtsMillis()) * ticks),
                unit.key(),
                unit.payload()));
    }

    private void endPart(long now) {
        if (!video.isEmpty()) {
            byte[] bytes = Fragment.of(++fragments, video, audio);
            window.addPart(new Part(now - partStart, partIndependent, bytes));
            video.clear();
            audio.clear();
        }
        partStart = now;
    }

    private void endSegment(long now) {
        endPart(now);
        window.completeSegment();
        inSegment = false;
    }

    /** The host is gone for now: completes what there is, and what follows is a discontinuity. */
    public void interrupt() {
        if (waiting != null) {
            write(waiting, LAST_FRAME_MILLIS);
            endSegment(waiting.dtsMillis() + LAST_FRAME_MILLIS);
            waiting = null;
            discontinuity = true;
        }
        audio.clear();
    }

    /** No more frames will come, ever. */
    public void end() {
        interrupt();
        window.end();
    }
}
