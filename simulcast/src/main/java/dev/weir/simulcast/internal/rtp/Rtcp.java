package dev.weir.simulcast.internal.rtp;

import java.util.List;

/** What can one RTCP packet say, of those that a session acts on? Numbers that identify streams are 32 bits, unsigned. */
public sealed interface Rtcp {

    /**
     * How well one of our streams arrives (RFC 3550 §6.4.1).
     *
     * @param ssrc the stream reported on
     * @param fractionLost 0..255, in 256ths, since the report before
     * @param highestSequence extended by the number of wraps
     * @param jitter in ticks of the stream's clock
     * @param lastSenderReport middle 32 bits of the NTP time of the report it saw last; 0 for none
     * @param delaySinceLast in 65536ths of a second
     */
    record Block(
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSenderReport,
            long delaySinceLast) {}

    /**
     * Type 200: what a sender has sent, and which wall-clock time belongs to which timestamp.
     *
     * @param ntp 32.32 seconds since 1900
     */
    record SenderReport(int ssrc, long ntp, long timestamp, long packets, long octets, List<Block> blocks)
            implements Rtcp {}

    /** Type 201: how streams arrive. */
    record ReceiverReport(int ssrc, List<Block> blocks) implements Rtcp {}

    /** Type 203: these streams end. */
    record Bye(List<Integer> ssrcs) implements Rtcp {}

    /**
     * Type 205, format 1: packets that are missing (RFC 4585 §6.2.1).
     *
     * @param media the stream that they are missing from
     * @param sequences 0..65535 each, at most 1024 of them
     */
    record Nack(int sender, int media, List<Integer> sequences) implements Rtcp {}

    /** Type 206, format 1: the decoder needs a key frame (RFC 4585 §6.3.1). */
    record Pli(int sender, int media) implements Rtcp {}

    /** Type 206, format 4: the same in older words (RFC 5104 §4.3.1). */
    record Fir(int sender, int media) implements Rtcp {}

    /** Type 206, format 15: what a receiver believes that its path carries (draft-alvestrand-rmcat-remb). */
    record Remb(int sender, long bitsPerSecond) implements Rtcp {}
}
