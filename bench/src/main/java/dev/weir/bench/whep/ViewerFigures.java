package dev.weir.bench.whep;

/**
 * What has one viewer received since its measuring began? Times in nanoseconds; -1 when it did not happen yet.
 *
 * @param playing false while it joins and after it was cut off
 * @param failure why it does not play; empty when it does
 * @param packets media packets, genuine ones
 * @param bytes of those, as on the wire above UDP
 * @param lost asked for again for 500 ms and not come
 * @param late came after it was given up
 * @param recovered came after it was asked for again
 * @param forged packets that did not open
 * @param repeated came twice
 * @param pictures whole pictures
 * @param brokenPictures pictures with a hole
 * @param freezes gaps above 200 ms between whole pictures
 * @param longestGap between two packets
 * @param firstPacket from the answer to the first packet; of the whole session
 * @param firstKey from the answer to the first whole key picture; of the whole session
 * @param gaps between whole pictures, counted by milliseconds
 */
public record ViewerFigures(
        boolean playing,
        String failure,
        long packets,
        long bytes,
        long lost,
        long late,
        long recovered,
        long forged,
        long repeated,
        long pictures,
        long brokenPictures,
        long freezes,
        long longestGap,
        long firstPacket,
        long firstKey,
        int[] gaps) {

    /** What came since {@code before}; the longest gap is kept as it is. */
    ViewerFigures since(ViewerFigures before) {
        int[] newGaps = gaps.clone();
        for (int i = 0; i < newGaps.length; i++) {
            newGaps[i] -= before.gaps[i];
        }
        return new ViewerFigures(
                playing,
                failure,
                packets - before.packets,
                bytes - before.bytes,
                lost - before.lost,
                late - before.late,
                recovered - before.recovered,
                forged - before.forged,
                repeated - before.repeated,
                pictures - before.pictures,
                brokenPictures - before.brokenPictures,
                freezes - before.freezes,
                longestGap,
                firstPacket,
                firstKey,
                newGaps);
    }
}
