package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.MediaUnit;

/** Decides when sound without a picture is played alone, and cuts it into parts and segments. Not thread-safe. */
final class SoundAlone {

    private static final long PATIENCE_MILLIS = 5000;
    private static final long SEGMENT_MILLIS = 2000;
    private static final long NEVER = Long.MIN_VALUE;

    private final PartWriter parts;
    private long since = NEVER;
    private long endsAt;
    private boolean active;

    SoundAlone(PartWriter parts) {
        this.parts = parts;
    }

    /** True while a picture may still come, {@code millis} after the last one. */
    boolean isPatient(long millis) {
        return millis <= PATIENCE_MILLIS;
    }

    void since(long dtsMillis) {
        since = dtsMillis;
    }

    /** True when a segment has to begin with this frame. */
    boolean begins(long dtsMillis) {
        if (active && parts.sinceSegment(dtsMillis) >= SEGMENT_MILLIS) {
            parts.endSegment(dtsMillis);
            return true;
        }
        since = since == NEVER ? dtsMillis : since;
        if (active || isPatient(dtsMillis - since)) {
            return false;
        }
        active = true;
        return true;
    }

    void add(MediaUnit unit, AudioClock clock) {
        if (!active) {
            return;
        }
        endsAt = unit.dtsMillis() + clock.frameMillis();
        if (parts.sincePart(endsAt) > Segmenter.PART_MILLIS) {
            parts.endPart(unit.dtsMillis());
        }
        parts.sound(clock.sample(unit.dtsMillis(), unit.payload()));
    }

    /** A picture has come, or the host is gone. */
    void end() {
        if (active) {
            parts.endSegment(endsAt);
        }
        active = false;
        since = NEVER;
    }
}
