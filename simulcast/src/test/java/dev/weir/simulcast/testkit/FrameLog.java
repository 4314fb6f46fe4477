package dev.weir.simulcast.testkit;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import java.util.ArrayList;
import java.util.List;

/** What did a receiver get? Every frame with the moment of its arrival, session by session. Thread-safe. */
public final class FrameLog {

    /**
     * One frame as it arrived.
     *
     * @param session of the receiver, from 0
     * @param nanoTime of its arrival
     */
    public record Frame(int session, long nanoTime, MediaUnit unit) {}

    private static final int MAX_FRAMES = 200_000;

    private final List<Frame> frames = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final boolean keepsPayload;
    private int sessions;

    /** Keeps frames with their bytes. */
    public FrameLog() {
        this(true);
    }

    private FrameLog(boolean keepsPayload) {
        this.keepsPayload = keepsPayload;
    }

    /** Keeps what is known about frames, without their bytes, so that it can run for long. */
    public static FrameLog ofTimes() {
        return new FrameLog(false);
    }

    /** A place for the next session's frames. */
    public synchronized StreamSink open() {
        return new Session(sessions++);
    }

    /** Everything so far. */
    public synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** The pictures of one session. */
    public List<MediaUnit> pictures(int session) {
        return frames().stream()
                .filter(frame -> frame.session() == session)
                .map(Frame::unit)
                .filter(unit -> unit.track() == Track.VIDEO)
                .toList();
    }

    /** Sessions begun. */
    public synchronized int sessions() {
        return sessions;
    }

    /** Why the sessions ended, in their order. */
    public synchronized List<String> ends() {
        return List.copyOf(ends);
    }

    /** Frames so far. */
    public synchronized int size() {
        return frames.size();
    }

    private static MediaUnit bare(MediaUnit unit) {
        return new MediaUnit(unit.track(), unit.dtsMillis(), unit.ptsMillis(), unit.key(), new byte[0], unit.headers());
    }

    private final class Session implements StreamSink {

        private final int number;

        Session(int number) {
            this.number = number;
        }

        @Override
        public void headers(StreamHeaders headers) {
            // The frames bring their headers along.
        }

        @Override
        public void unit(MediaUnit unit) {
            synchronized (FrameLog.this) {
                if (frames.size() < MAX_FRAMES) {
                    frames.add(new Frame(number, System.nanoTime(), keepsPayload ? unit : bare(unit)));
                }
            }
        }

        @Override
        public void closed(String reason) {
            synchronized (FrameLog.this) {
                ends.add(reason);
            }
        }
    }
}
