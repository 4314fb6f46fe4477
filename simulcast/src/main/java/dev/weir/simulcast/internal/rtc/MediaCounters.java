package dev.weir.simulcast.internal.rtc;

/**
 * What does the user of a session count itself?
 *
 * @param nacks packets asked for again
 * @param retransmitted packets sent again
 * @param plis key frames asked for
 * @param lossFraction 0..1
 * @param rttMillis 0 while unknown
 * @param joinMillis from the answer to the first key frame sent; 0 while none was
 */
public record MediaCounters(
        long nacks, long retransmitted, long plis, double lossFraction, double rttMillis, long joinMillis) {

    /** Nothing yet. */
    public static final MediaCounters NONE = new MediaCounters(0, 0, 0, 0, 0, 0);
}
