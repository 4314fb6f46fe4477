package dev.weir.hub.internal.live;

import dev.weir.simulcast.RtcSessionStats;
import java.util.List;

/**
 * How are the viewers of one show served?
 *
 * @param whep sessions with media flowing
 * @param whepTcp of them over TCP, because UDP is blocked on their way
 * @param hlsWaiting players whose request waits for the next part; a floor of those on HLS
 * @param kbps what leaves for WHEP viewers, averaged over each one's stay, in 1000 bits a second
 * @param joinMillisP50 from the answer to the first key frame sent, the middle viewer; 0 while there is none
 * @param joinMillisP95 the same for the slowest twentieth
 * @param lossPercent of packets, the mean of the viewers' newest reports
 * @param nacksPerSecond packets asked for again, averaged over each one's stay
 * @param plis key frames that the viewers of now asked for
 */
public record ViewerNumbers(
        int whep,
        int whepTcp,
        int hlsWaiting,
        long kbps,
        long joinMillisP50,
        long joinMillisP95,
        double lossPercent,
        double nacksPerSecond,
        long plis) {

    static ViewerNumbers of(List<RtcSessionStats> sessions, int hlsWaiting) {
        List<RtcSessionStats> connected = sessions.stream()
                .filter(session -> session.state() == RtcSessionStats.State.CONNECTED)
                .toList();
        long[] joins = connected.stream()
                .mapToLong(RtcSessionStats::joinMillis)
                .filter(millis -> millis > 0)
                .sorted()
                .toArray();
        return new ViewerNumbers(
                connected.size(),
                (int) connected.stream()
                        .filter(s -> s.transport().equals("TCP"))
                        .count(),
                hlsWaiting,
                connected.stream()
                        .mapToLong(s -> s.bytes() * 8 / Math.max(1, s.ageMillis()))
                        .sum(),
                percentile(joins, 50),
                percentile(joins, 95),
                100
                        * connected.stream()
                                .mapToDouble(RtcSessionStats::lossFraction)
                                .average()
                                .orElse(0),
                connected.stream()
                        .mapToDouble(s -> s.nacks() * 1000.0 / Math.max(1, s.ageMillis()))
                        .sum(),
                connected.stream().mapToLong(RtcSessionStats::plis).sum());
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
