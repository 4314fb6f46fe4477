package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.LivePhase;
import dev.weir.simulcast.MediaTime;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins the publishers of one live, one after the other, to one stream. The newest one wins. Its frames go through an
 * {@link Epoch}, which begins with the first one and outlives the host by the gap. Thread-safe.
 */
public final class HostSessions {

    private static final long ASK_MILLIS = 1000;

    private final PacketFanout fanout;
    private final LiveTime time;
    private final long gapMillis;
    private final long freezeMillis;
    private final Stills stills;
    private final EpochEvents events;
    private final Timeline timeline = new Timeline();
    private final Anchors anchors = new Anchors();
    private final HeaderVersions versions = new HeaderVersions();
    private @Nullable Session current;
    private @Nullable Instant since;
    private @Nullable Epoch epoch;
    private @Nullable String endedReason;
    private boolean stopped;
    private int sessions;
    private int nextEpoch;
    private boolean closed;

    /**
     * What is done while a host, or one of its tracks, is away?
     *
     * @param gap how long the epoch outlives the host
     * @param freeze how long one track may be silent beside the other before it is filled
     * @param stills what is shown in a gap
     */
    public record Absence(Duration gap, Duration freeze, Stills stills) {}

    /**
     * No host yet.
     *
     * @param firstEpoch the number of the first epoch, 0 unless earlier ones are known
     */
    public HostSessions(PacketFanout fanout, LiveTime time, Absence absence, int firstEpoch, EpochEvents events) {
        this.fanout = fanout;
        this.time = time;
        this.gapMillis = absence.gap().toMillis();
        this.freezeMillis = absence.freeze().toMillis();
        this.stills = absence.stills();
        this.nextEpoch = firstEpoch;
        this.events = events;
    }

    /** A place for a new publisher; frames of the one before are ignored from now on. */
    public StreamSink open() {
        var session = new Session();
        HostControl replaced;
        synchronized (this) {
            if (closed) {
                return session;
            }
            replaced = current == null ? HostControl.NONE : current.control;
            current = session;
            since = time.instant();
            stopped = false;
            sessions++;
            if (epoch != null) {
                epoch.hostAway();
            }
        }
        replaced.takenOver();
        events.hostCame();
        return session;
    }

    /** Moves time: fills a gap, or ends the epoch when it has lasted too long. Called many times a second. */
    public void tick() {
        String reason;
        synchronized (this) {
            if (epoch == null) {
                return;
            }
            long silent = epoch.tick(time.millis(), current != null);
            if (silent < gapMillis) {
                return;
            }
            reason = "the host %s for %d s".formatted(absence(), silent / 1000);
            endEpoch(reason);
        }
        events.tellEnded(reason);
    }

    private String absence() {
        if (current != null) {
            return "sent no picture";
        }
        return stopped ? "had stopped and did not come back" : "was gone";
    }

    /** Ends what is on air, and lets no other begin. */
    public void close(String reason) {
        HostControl left;
        boolean onAir;
        synchronized (this) {
            closed = true;
            left = current == null ? HostControl.NONE : current.control;
            current = null;
            since = null;
            onAir = epoch != null;
            endEpoch(reason);
        }
        left.disconnect(reason);
        if (onAir) {
            events.tellEnded(reason);
        }
    }

    private void endEpoch(String reason) {
        if (epoch != null) {
            epoch.end(time.millis());
            epoch = null;
            endedReason = reason;
            fanout.endEpoch();
            events.ended(reason);
        }
    }

    private Epoch beginEpoch() {
        var begun = new Epoch(
                nextEpoch++, new Epoch.Way(fanout, timeline, versions, anchors, time, events, stills, freezeMillis));
        epoch = begun;
        endedReason = null;
        return begun;
    }

    /** True while a publisher is here. */
    public synchronized boolean present() {
        return current != null;
    }

    /** True while frames pass, the host's or those that fill its gap. */
    public synchronized boolean onAir() {
        return epoch != null;
    }

    /** True when no publisher is here and the last one said itself that it stops. */
    public synchronized boolean stopped() {
        return stopped;
    }

    /** When the present publisher came; null while there is none. */
    public synchronized @Nullable Instant since() {
        return since;
    }

    /** Publishers so far. */
    public synchronized int count() {
        return sessions;
    }

    /** Whether there is something to see. */
    public synchronized LivePhase phase() {
        if (epoch != null) {
            return epoch.isHostAway() ? LivePhase.GAP : LivePhase.ON_AIR;
        }
        return endedReason == null && !closed ? LivePhase.WAITING : LivePhase.ENDED;
    }

    /** The epoch on air or the last one; -1 before the first of this process. */
    public synchronized int epoch() {
        return epoch != null ? epoch.number() : endedReason != null ? nextEpoch - 1 : -1;
    }

    /** Why the last epoch ended; null while one runs. */
    public synchronized @Nullable String endedReason() {
        return endedReason;
    }

    /** Where the picture is now; empty while nothing is on air. */
    public synchronized Optional<MediaTime> mediaTime() {
        return epoch == null ? Optional.empty() : Optional.of(epoch.mediaTime(time.millis()));
    }

    /** Where the picture was at that moment; empty before the first frame. */
    public Optional<MediaTime> mediaTimeAt(Instant moment) {
        return anchors.at(moment);
    }

    /** Asks the present publisher for a key frame. */
    public void requestKeyFrame() {
        HostControl control;
        synchronized (this) {
            control = current == null ? HostControl.NONE : current.control;
        }
        control.requestKeyFrame();
    }

    private final class Session implements StreamSink {

        private StreamHeaders theirs = StreamHeaders.NONE;
        private StreamHeaders ours = StreamHeaders.NONE;
        private volatile HostControl control = HostControl.NONE;
        private long askedAt = time.millis() - ASK_MILLIS;

        @Override
        public void control(HostControl given) {
            control = given;
        }

        @Override
        public void headers(StreamHeaders headers) {
            // The frames bring their headers along.
        }

        @Override
        public void unit(MediaUnit unit) {
            synchronized (HostSessions.this) {
                if (!equals(current)) {
                    return;
                }
                Epoch running = epoch == null ? beginEpoch() : epoch;
                if (!running.accepts(unit, time.millis())) {
                    askForKeyFrame();
                    return;
                }
                if (!unit.headers().equals(theirs) || running.isHostAway()) {
                    theirs = unit.headers();
                    ours = versions.next(theirs);
                }
                running.publish(unit, ours);
            }
        }

        private void askForKeyFrame() {
            long now = time.millis();
            if (now - askedAt >= ASK_MILLIS) {
                askedAt = now;
                control.requestKeyFrame();
            }
        }

        @Override
        public void closed(String reason) {
            if (leave(false)) {
                events.hostLeft(reason);
            }
        }

        /** Stopping may be a slip of the hand: the host can come back as one that was lost. */
        @Override
        public void stopped(String reason) {
            if (leave(true)) {
                events.hostStopped(reason);
            }
        }

        private boolean leave(boolean byItself) {
            synchronized (HostSessions.this) {
                if (!equals(current)) {
                    return false;
                }
                current = null;
                since = null;
                stopped = byItself;
                if (epoch != null) {
                    epoch.hostAway();
                }
                return true;
            }
        }
    }
}
