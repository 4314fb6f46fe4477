package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames into parts and segments. A segment begins with a key frame; a picture is written once the next one tells
 * its duration. Sound that stays alone for 5 s is played alone until a picture comes. Not thread-safe.
 */
public final class Segmenter {

    static final long PART_MILLIS = 250;
    private static final long SEGMENT_MILLIS = 1000;
    /** Encoders place key frames some milliseconds early or late. */
    private static final long TOLERANCE_MILLIS = 100;

    private static final long LAST_FRAME_MILLIS = 33;
    private static final long MAX_FRAME_MILLIS = 6000;
    private static final long MAX_SEGMENT_MILLIS = 60_000;
    private static final long MAX_SEGMENT_BYTES = 48L * 1024 * 1024;

    private final HlsWindow window;
    private final PartWriter parts;
    private final WallClock wall;
    private final SoundAlone alone;
    private StreamHeaders headers = StreamHeaders.NONE;
    private StreamHeaders inited = StreamHeaders.NONE;
    private @Nullable AudioClock audioClock;
    private @Nullable MediaUnit waiting;
    private boolean discontinuity;
    private boolean soundWaitsForKey;
    private long lastSound;

    /** A segmenter that fills {@code window} and dates segments by {@code clock}. */
    public Segmenter(HlsWindow window, InstantSource clock) {
        this.window = window;
        this.parts = new PartWriter(window);
        this.wall = new WallClock(clock);
        this.alone = new SoundAlone(parts);
    }

    /** Takes the next frame. */
    public void accept(MediaUnit unit) {
        if (unit.headers().version() != headers.version()) {
            change(unit.headers());
        }
        if (unit.track() == Track.VIDEO) {
            picture(unit);
        } else if (audioClock != null) {
            sound(unit, audioClock);
        }
    }

    /** New sound beside the same picture waits for the next key frame; any other change ends the segment. */
    private void change(StreamHeaders changed) {
        boolean soundOnly = waiting != null && samePicture(changed) && !changed.sameCodecs(headers);
        if (!soundOnly) {
            interrupt();
        }
        soundWaitsForKey = soundOnly;
        headers = changed;
        AudioHeader sound = changed.audio();
        audioClock = sound == null || sound.codec() != AudioCodec.AAC ? null : new AudioClock(sound.sampleRate());
    }

    private boolean samePicture(StreamHeaders changed) {
        return new StreamHeaders(0, changed.video(), null).sameCodecs(new StreamHeaders(0, headers.video(), null));
    }

    private void sound(MediaUnit unit, AudioClock clock) {
        boolean jumped = unit.dtsMillis() - lastSound > MAX_FRAME_MILLIS;
        lastSound = unit.dtsMillis();
        MediaUnit picture = waiting;
        if (picture != null && alone.isPatient(unit.dtsMillis() - picture.dtsMillis())) {
            if (!soundWaitsForKey) {
                parts.sound(clock.sample(unit.dtsMillis(), unit.payload()));
            }
            return;
        }
        if (picture != null) {
            interrupt();
            alone.since(jumped ? unit.dtsMillis() : picture.dtsMillis());
        }
        if (alone.begins(unit.dtsMillis())) {
            begin(unit, new StreamHeaders(headers.version(), null, headers.audio()));
        }
        alone.add(unit, clock);
    }

    private void picture(MediaUnit unit) {
        MediaUnit last = waiting;
        if (last != null) {
            long millis = unit.dtsMillis() - last.dtsMillis();
            if (millis <= 0 || millis > MAX_FRAME_MILLIS) {
                interrupt();
            } else {
                parts.picture(last, millis);
                cut(unit, millis);
            }
        }
        if (waiting == null && !unit.key()) {
            return;
        }
        if (waiting == null) {
            alone.end();
            begin(unit, headers);
        }
        waiting = unit;
        wall.observe(unit.dtsMillis());
    }

    private void cut(MediaUnit next, long frameMillis) {
        long now = next.dtsMillis();
        long length = parts.sinceSegment(now);
        if (next.key() && (soundWaitsForKey || length >= SEGMENT_MILLIS - TOLERANCE_MILLIS)) {
            discontinuity = soundWaitsForKey;
            soundWaitsForKey = false;
            endSegment(now);
        } else if (length > MAX_SEGMENT_MILLIS || parts.segmentBytes() > MAX_SEGMENT_BYTES) {
            discontinuity = true;
            endSegment(now);
        } else if (parts.sincePart(now) + frameMillis > PART_MILLIS) {
            parts.endPart(now);
        }
    }

    private void endSegment(long now) {
        parts.endSegment(now);
        waiting = null;
    }

    private void begin(MediaUnit first, StreamHeaders under) {
        boolean fresh = parts.isFirst();
        if (fresh || !under.sameCodecs(inited)) {
            discontinuity |= !fresh;
            window.newInit(InitSegment.of(under));
            inited = under;
        }
        if (fresh || discontinuity) {
            wall.anchor(first.dtsMillis());
        } else {
            wall.correct();
        }
        parts.begin(first.dtsMillis(), discontinuity, wall.at(first.ptsMillis()));
        discontinuity = false;
    }

    /** The host is gone for now: completes what there is, and what follows is a discontinuity. */
    public void interrupt() {
        MediaUnit last = waiting;
        if (last != null) {
            parts.picture(last, LAST_FRAME_MILLIS);
            endSegment(last.dtsMillis() + LAST_FRAME_MILLIS);
        }
        alone.end();
        discontinuity = !parts.isFirst();
    }

    /** No more frames will come, ever. */
    public void end() {
        interrupt();
        window.end();
    }
}
