package dev.weir.simulcast.internal.whep;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a live's packets to those of its viewers that one event loop has. A big picture goes out in pieces, a piece to
 * everyone before the next, so that no queue on the way overflows. On its event loop only, but for {@link #wake} and
 * {@link #end}.
 */
final class ShardSender {

    private static final Logger LOG = LoggerFactory.getLogger(ShardSender.class);

    /** An ordinary picture of 3 Mbit/s goes out in one piece. */
    private static final int PIECE = 16;

    /** A big one takes so many pieces at most: some 6 ms. */
    private static final int PIECES = 6;

    private static final long PIECE_MICROS = 1200;
    private static final long REPORT_MILLIS = 250;

    private final RoomTracks tracks;
    private final EventLoop loop;
    private final List<WhepViewer> viewers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private long video;
    private long audio;
    private boolean pacing;
    private boolean reporting;

    ShardSender(RoomTracks tracks, EventLoop loop) {
        this.tracks = tracks;
        this.loop = loop;
    }

    /** There is something new; from any thread. */
    void wake() {
        if (woken.compareAndSet(false, true) && !loop.isShuttingDown()) {
            loop.execute(this::awake);
        }
    }

    private void awake() {
        woken.set(false);
        sound();
        if (!pacing) {
            pictures();
        }
    }

    private void sound() {
        long head = tracks.audio().head();
        if (audio < head) {
            each(viewer -> viewer.sendAudio(head));
            audio = head;
        }
    }

    private void pictures() {
        long backlog = tracks.video().head() - video;
        pacing = false;
        if (backlog <= 0) {
            return;
        }
        long upTo = video + Math.min(backlog, Math.max(PIECE, (backlog + PIECES - 1) / PIECES));
        long from = video;
        each(viewer -> viewer.sendVideo(from, upTo));
        video = upTo;
        if (video < tracks.video().head()) {
            pacing = true;
            loop.schedule(this::pictures, PIECE_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    /** A viewer that cannot be sent to is ended, and the others do not notice. */
    private void each(Consumer<WhepViewer> task) {
        for (WhepViewer viewer : viewers) {
            try {
                task.accept(viewer);
            } catch (RuntimeException e) {
                LOG.warn("viewer ended", e);
                viewer.end("cannot be sent to");
            }
        }
    }

    /** Where those who are live have got to. */
    long livePacket() {
        return video;
    }

    void add(WhepViewer viewer) {
        if (viewers.isEmpty()) {
            video = tracks.video().head();
            audio = tracks.audio().head();
        }
        viewers.add(viewer);
        if (!reporting) {
            reporting = true;
            loop.schedule(this::report, REPORT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void remove(WhepViewer viewer) {
        viewers.remove(viewer);
    }

    private void report() {
        each(WhepViewer::reportWhenDue);
        reporting = !viewers.isEmpty();
        if (reporting) {
            loop.schedule(this::report, REPORT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends every viewer; from any thread. */
    void end(String reason) {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> viewers.forEach(viewer -> viewer.end(reason)));
        }
    }
}
