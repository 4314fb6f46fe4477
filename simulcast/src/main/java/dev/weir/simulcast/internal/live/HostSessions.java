package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Joins the publishers of one live, one after the other, to one stream. The newest one wins. Thread-safe. */
public final class HostSessions {

    private final PacketFanout fanout;
    private final InstantSource clock;
    private final Runnable onPublishing;
    private final Consumer<String> onLeft;
    private final Timeline timeline = new Timeline();
    private @Nullable Session current;
    private @Nullable Instant since;
    private int sessions;
    private int version;

    /** No host yet. */
    public HostSessions(PacketFanout fanout, InstantSource clock, Runnable onPublishing, Consumer<String> onLeft) {
        this.fanout = fanout;
        this.clock = clock;
        this.onPublishing = onPublishing;
        this.onLeft = onLeft;
    }

    /** A place for a new publisher; frames of the one before are ignored from now on. */
    public StreamSink open() {
        var session = new Session();
        HostControl replaced;
        synchronized (this) {
            replaced = current == null ? HostControl.NONE : current.control;
            current = session;
            since = clock.instant();
            sessions++;
            timeline.restart(clock.millis());
        }
        replaced.disconnect("a new publisher with the same key took over");
        onPublishing.run();
        return session;
    }

    /** True while a publisher is here. */
    public synchronized boolean present() {
        return current != null;
    }

    /** When the present publisher came; null while there is none. */
    public synchronized @Nullable Instant since() {
        return since;
    }

    /** Publishers so far. */
    public synchronized int count() {
        return sessions;
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
                if (!unit.headers().equals(theirs)) {
                    theirs = unit.headers();
                    ours = theirs.withVersion(++version);
                }
                fanout.publish(timeline.place(unit, ours, clock.millis()));
            }
        }

        @Override
        public void closed(String reason) {
            synchronized (HostSessions.this) {
                if (!equals(current)) {
                    return;
                }
                current = null;
                since = null;
            }
            onLeft.accept(reason);
        }
    }
}
