package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import java.util.Optional;

/**
 * Puts the frames of all of a live's publishers on one timeline on which time only grows, whatever jumps the encoders
 * make. Both tracks keep one offset, so that sound stays with its picture: the first track to jump sets a new offset,
 * and the other one joins it when its own time has jumped as well. Not thread-safe.
 */
public final class Timeline {

    /** A longer step forward is a jump of the encoder's clock and not a pause. */
    private static final long MAX_FORWARD_MILLIS = 5000;

    private static final long MAX_BACKWARD_MILLIS = 1000;
    /** Some cameras send one track this far ahead of the other. */
    private static final long MAX_SKEW_MILLIS = 10_000;
    /** Sound that goes back further than rounding explains was heard already. */
    private static final long ROUNDING_MILLIS = 30;

    private static final long STEP_MILLIS = 20;
    /** Nearer together two pictures fall into one place of a player that counts 30 a second. */
    private static final long PICTURE_MILLIS = 34;

    private static final long NEVER = Long.MIN_VALUE;

    private final long[] offset = new long[2];
    private final long[] last = {NEVER, NEVER};
    private final boolean[] seen = new boolean[2];
    private long newest = -1;
    private long anchorAt;
    private boolean anchored;
    private boolean jumped;

    /** A new publisher begins: its first frame comes at {@code millis} or a picture's time after the newest one, if that is later. */
    public void resume(long millis) {
        anchorAt = newest < 0 ? Math.max(0, millis) : Math.max(millis, newest + PICTURE_MILLIS);
        anchored = false;
        seen[0] = false;
        seen[1] = false;
    }

    /** The same frame on this timeline; empty when its time has been heard already. */
    public Optional<MediaUnit> place(MediaUnit unit, StreamHeaders headers) {
        int track = index(unit.track());
        jumped = !anchored || !plausible(track, unit.dtsMillis() + offset[track]);
        if (!anchored) {
            offset[0] = anchorAt - unit.dtsMillis();
            offset[1] = offset[0];
            anchored = true;
        } else if (jumped) {
            followJump(track, unit.dtsMillis());
        }
        long wanted = unit.dtsMillis() + offset[track];
        if (unit.track() == Track.AUDIO && wanted + ROUNDING_MILLIS < last[track]) {
            return Optional.empty();
        }
        long dts = Math.max(wanted, last[track] + 1);
        seen[track] = true;
        advance(unit.track(), dts);
        return Optional.of(unit.at(dts, dts + Math.max(0, unit.ptsMillis() - unit.dtsMillis()), headers));
    }

    /** A frame of our own making was put at {@code dts}. */
    void advance(Track track, long dts) {
        last[index(track)] = dts;
        newest = Math.max(newest, dts);
    }

    private static int index(Track track) {
        return track == Track.VIDEO ? 0 : 1;
    }

    private boolean plausible(int track, long dts) {
        if (!seen[track]) {
            return Math.abs(dts - newest) <= MAX_SKEW_MILLIS;
        }
        return dts >= last[track] - MAX_BACKWARD_MILLIS && dts <= Math.max(last[track], newest) + MAX_FORWARD_MILLIS;
    }

    private void followJump(int track, long dts) {
        int other = 1 - track;
        if (plausible(track, dts + offset[other])) {
            offset[track] = offset[other];
        } else {
            offset[track] = (seen[track] ? last[track] : newest) + STEP_MILLIS - dts;
        }
    }

    /** True when the last frame placed did not simply follow the ones before. */
    boolean jumped() {
        return jumped;
    }

    /** The time of the track's newest frame; {@link Long#MIN_VALUE} when it never had one. */
    long last(Track track) {
        return last[index(track)];
    }

    /** Where the picture is, or the sound while there is no picture. */
    long position() {
        return last[0] != NEVER && newest - last[0] <= MAX_SKEW_MILLIS ? last[0] : newest;
    }

    /** The latest time of both tracks. */
    long newest() {
        return newest;
    }
}
