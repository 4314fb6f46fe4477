package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaAnchor;
import dev.weir.simulcast.MediaTime;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.transcode.StillPicture;
import org.jspecify.annotations.Nullable;

/**
 * One time on air, from a host's first frame to its end, over all the times the host drops out in between. Not
 * thread-safe.
 */
final class Epoch {

    /** A host that sends nothing for so long counts as away, even if it is still connected. */
    private static final long STALL_MILLIS = 1000;

    private static final long BETWEEN_EPOCHS_MILLIS = 1000;
    private static final long ANCHOR_MILLIS = 10_000;
    /** Anchors are added when the clocks have parted this far, but not for every frame that comes late. */
    private static final long PARTED_MILLIS = 20;

    private static final long PARTED_CHECK_MILLIS = 1000;
    /** A host without a picture is waited for that long before its sound alone is taken. */
    private static final long PICTURE_MILLIS = 3000;

    /** What the frames of all epochs of one live share. */
    record Way(
            PacketFanout fanout,
            Timeline timeline,
            HeaderVersions versions,
            Anchors anchors,
            LiveTime time,
            EpochEvents events,
            Stills stills,
            long freezeMillis) {}

    private final int number;
    private final Way way;
    private final MediaClock clock = new MediaClock();
    private final Freeze freeze;
    private boolean begun;
    private boolean away;
    private long start;
    private long lastUnitAt;
    private long bytes;
    private StreamHeaders headers = StreamHeaders.NONE;
    private @Nullable MediaUnit lastKey;
    private @Nullable Slate slate;
    private long soundOnlySince = -1;
    private long anchoredAt;
    private long anchoredMedia;

    Epoch(int number, Way way) {
        this.number = number;
        this.way = way;
        this.freeze = new Freeze(way.freezeMillis());
        way.timeline().resume(number == 0 ? 0 : way.timeline().newest() + BETWEEN_EPOCHS_MILLIS);
    }

    int number() {
        return number;
    }

    boolean isHostAway() {
        return away;
    }

    /** What comes next does not continue what came so far. */
    void hostAway() {
        away = true;
        soundOnlySince = -1;
        freeze.forget();
    }

    /** True when the stream can go on with this frame: after an absence only a key frame will do. */
    boolean accepts(MediaUnit unit, long now) {
        if (!away) {
            return !freeze.refuses(unit);
        }
        if (unit.startsGop()) {
            return true;
        }
        if (unit.headers().video() != null) {
            return false;
        }
        soundOnlySince = soundOnlySince < 0 ? now : soundOnlySince;
        return now - soundOnlySince >= PICTURE_MILLIS;
    }

    void publish(MediaUnit unit, StreamHeaders headers) {
        long now = way.time().millis();
        if (away) {
            way.timeline().resume(clock.at(now));
            clock.restart();
            away = false;
            slate = null;
        }
        way.timeline().place(unit, headers).ifPresent(placed -> {
            lastUnitAt = now;
            freeze.arrived(placed.track(), now);
            if (!begun) {
                begun = true;
                start = placed.dtsMillis();
                way.events().began(number, start);
            }
            observe(placed, now);
            remember(placed);
            way.fanout().publish(placed);
        });
    }

    private void remember(MediaUnit placed) {
        bytes += placed.size();
        if (placed.startsGop()) {
            lastKey = placed;
        }
        if (placed.headers().version() != headers.version()) {
            prepare(placed.headers());
        }
        headers = placed.headers();
    }

    private void prepare(StreamHeaders next) {
        AudioHeader audio = next.audio();
        if (audio != null) {
            Silence.prepare(audio);
        }
        VideoHeader video = next.video();
        if (video != null) {
            way.stills().prepare(video);
        }
    }

    private void observe(MediaUnit placed, long now) {
        if (way.timeline().jumped()) {
            clock.restart();
        } else if (placed.dtsMillis() != way.timeline().position()) {
            return;
        }
        clock.arrived(placed.dtsMillis(), now);
        long parted = Math.abs(clock.at(now) - anchoredMedia - (now - anchoredAt));
        boolean due = now - anchoredAt >= (parted > PARTED_MILLIS ? PARTED_CHECK_MILLIS : ANCHOR_MILLIS);
        if (way.timeline().jumped() || due) {
            anchor(now);
        }
    }

    private void anchor(long now) {
        anchoredAt = now;
        anchoredMedia = clock.at(now);
        var anchor = new MediaAnchor(mediaTime(now).millis(), way.time().instant(), number);
        way.anchors().add(anchor);
        way.events().anchored(anchor);
    }

    /** Moves time, and says how long the host has been silent. */
    long tick(long now, boolean connected) {
        long silent = now - lastUnitAt;
        if (!away && silent >= STALL_MILLIS) {
            hostAway();
        }
        if (away && (!connected || silent >= STALL_MILLIS)) {
            fill(now);
        } else if (!away) {
            freeze.tick(now, clock.at(now), this::stopped, way.fanout()::publish);
        }
        if (now - anchoredAt >= ANCHOR_MILLIS) {
            anchor(now);
        }
        return silent;
    }

    private void fill(long now) {
        Slate filler = slate;
        if (filler == null) {
            filler = gapSlate();
            slate = filler;
            anchor(now);
        }
        filler.fill(clock.at(now), way.fanout()::publish);
    }

    private Slate gapSlate() {
        MediaUnit shown = lastKey;
        VideoHeader video = headers.video();
        StillPicture still =
                shown == null || video == null ? null : way.stills().of(video).orElse(null);
        headers = way.versions().next(headers);
        if (shown != null && still != null) {
            headers = new StreamHeaders(headers.version(), still.header(), headers.audio());
            shown = new MediaUnit(Track.VIDEO, shown.dtsMillis(), shown.ptsMillis(), true, still.payload(), headers);
        }
        return new Slate(headers, way.timeline(), headers.audio(), shown, bitsPerSecond());
    }

    private Slate stopped(Track track) {
        return track == Track.VIDEO
                ? new Slate(headers, way.timeline(), null, lastKey, bitsPerSecond())
                : new Slate(headers, way.timeline(), headers.audio(), null, bitsPerSecond());
    }

    private long bitsPerSecond() {
        return bytes * 8000 / Math.max(1, clock.at(lastUnitAt) - start);
    }

    void end(long now) {
        anchor(now);
    }

    MediaTime mediaTime(long now) {
        return new MediaTime(number, Math.max(0, clock.at(now) - start));
    }
}
