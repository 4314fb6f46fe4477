package dev.weir.simulcast.internal.fanout;

import dev.weir.simulcast.FanoutStats;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.Track;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what passes, over a window of media time. Not thread-safe. */
public final class StatsMeter {

    private static final long WINDOW_MILLIS = 2000;
    private static final int MAX_POINTS = 4096;
    /** A tenth of what is new in each frame: settles within half a second, and one late frame hardly moves it. */
    private static final double SMOOTHING = 0.1;

    private record Point(long dts, int size, boolean picture) {}

    private final Deque<Point> window = new ArrayDeque<>();
    private long windowBytes;
    private int windowPictures;
    private long bytes;
    private long units;
    private long lastKey = Long.MIN_VALUE;
    private long gopMillis;
    private boolean bFrames;
    private final long[] newest = {Long.MIN_VALUE, Long.MIN_VALUE};
    private double skew;

    /** Counts one frame. */
    public void add(MediaUnit unit) {
        bytes += unit.size();
        units++;
        if (unit.startsGop()) {
            gopMillis = lastKey == Long.MIN_VALUE ? 0 : unit.dtsMillis() - lastKey;
            lastKey = unit.dtsMillis();
        }
        bFrames |= unit.ptsMillis() > unit.dtsMillis();
        skew(unit);
        var point = new Point(unit.dtsMillis(), unit.size(), unit.track() == Track.VIDEO);
        window.add(point);
        count(point, 1);
        while (window.size() > MAX_POINTS
                || unit.dtsMillis() - window.getFirst().dts() > WINDOW_MILLIS) {
            count(window.removeFirst(), -1);
        }
    }

    private void skew(MediaUnit unit) {
        newest[unit.track() == Track.VIDEO ? 0 : 1] = unit.dtsMillis();
        if (newest[0] != Long.MIN_VALUE && newest[1] != Long.MIN_VALUE) {
            skew += (newest[1] - newest[0] - skew) * SMOOTHING;
        }
    }

    private void count(Point point, int sign) {
        windowBytes += (long) sign * point.size();
        windowPictures += point.picture() ? sign : 0;
    }

    /** The counters now. */
    public FanoutStats snapshot(int consumers) {
        long span = window.isEmpty()
                ? 0
                : window.getLast().dts() - window.getFirst().dts();
        double seconds = Math.max(span, 1) / 1000.0;
        // The first frame begins the span: what it brought came before it.
        Point first = window.peekFirst();
        int before = first == null ? 0 : first.size();
        int pictures = windowPictures - (first != null && first.picture() ? 1 : 0);
        boolean enough = span >= WINDOW_MILLIS / 10;
        return new FanoutStats(
                bytes,
                units,
                enough ? Math.round((windowBytes - before) * 8 / seconds) : 0,
                enough ? pictures / seconds : 0,
                gopMillis,
                bFrames,
                Math.round(skew),
                consumers);
    }
}
