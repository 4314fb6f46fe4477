package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;

/**
 * Puts the frames of all of a live's publishers on one timeline on which time only grows, whatever jumps the encoders
 * make. Both tracks keep one offset, so that sound stays with its picture. Not thread-safe.
 */
public final class Timeline {

    private static final long MAX_FORWARD_MILLIS = 5000;
    private static final long MAX_BACKWARD_MILLIS = 1000;
    private static final long STEP_MILLIS = 20;
    private static final long MAX_GAP_MILLIS = 60_000;

    private final long[] offset = new long[2];
    private final long[] last = {-1, -1};
    private long newest = -STEP_MILLIS;
    private boolean anchored;
    private long lastArrivalMillis;

    /** A new publisher begins: its first frame follows the last one by the wall time that has passed. */
    public void restart(long nowMillis) {
        long gap = newest < 0 ? 0 : Math.clamp(nowMillis - lastArrivalMillis, 0, MAX_GAP_MILLIS);
        newest = Math.max(newest, newest + gap - STEP_MILLIS);
        anchored = false;
    }

    /** The same frame on this timeline. */
    public MediaUnit place(MediaUnit unit, StreamHeaders headers, long nowMillis) {
        lastArrivalMillis = nowMillis;
        int track = unit.track() == Track.VIDEO ? 0 : 1;
        if (!anchored) {
            anchorAll(unit.dtsMillis());
        } else if (!plausible(unit.dtsMillis() + offset[track])) {
            followJump(track, unit.dtsMillis());
        }
        long dts = Math.max(unit.dtsMillis() + offset[track], last[track] + 1);
        long pts = dts + Math.max(0, unit.ptsMillis() - unit.dtsMillis());
        last[track] = dts;
        newest = Math.max(newest, dts);
        return unit.at(dts, pts, headers);
    }

    private boolean plausible(long dts) {
        return dts >= newest - MAX_BACKWARD_MILLIS && dts <= newest + MAX_FORWARD_MILLIS;
    }

    private void anchorAll(long dts) {
        offset[0] = newest + STEP_MILLIS - dts;
        offset[1] = offset[0];
        anchored = true;
    }

    /** The first track to jump sets a new offset; the other one joins it when its own time has jumped as well. */
    private void followJump(int track, long dts) {
        int other = 1 - track;
        offset[track] = plausible(dts + offset[other]) ? offset[other] : newest + STEP_MILLIS - dts;
    }
}
