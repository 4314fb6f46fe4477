package dev.weir.bench;

import dev.weir.simulcast.Track;
import dev.weir.simulcast.testkit.FrameLog;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How long was each picture after the one before at a receiver, in nanoseconds, ascending? */
record Gaps(long[] sorted) {

    /** The gaps of all these receivers between two moments of {@link System#nanoTime}. */
    static Gaps between(List<FrameLog> logs, long from, long to) {
        return new Gaps(
                logs.stream().flatMapToLong(log -> of(log, from, to)).sorted().toArray());
    }

    private static LongStream of(FrameLog log, long from, long to) {
        long[] arrivals = log.frames().stream()
                .filter(frame -> frame.unit().track() == Track.VIDEO)
                .mapToLong(FrameLog.Frame::nanoTime)
                .filter(at -> at - from >= 0 && at - to < 0)
                .toArray();
        return Arrays.stream(differences(arrivals));
    }

    private static long[] differences(long[] arrivals) {
        long[] gaps = new long[Math.max(0, arrivals.length - 1)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = arrivals[i + 1] - arrivals[i];
        }
        return gaps;
    }

    /** In milliseconds; not a number when nothing came. */
    double millis(double quantile) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(quantile * (sorted.length - 1))] / 1e6;
    }
}
