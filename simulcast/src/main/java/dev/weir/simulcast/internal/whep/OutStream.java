package dev.weir.simulcast.internal.whep;

import dev.weir.simulcast.internal.rtp.RtpPacket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One track as one viewer sees it: which of the live's packets has which sequence number and time there. A sequence
 * number never means two packets, as encryption depends on that. Used by the viewer's event loop only.
 */
final class OutStream {

    /** Starting low keeps the first wrap, and with it the roll-over counter, out of a join. */
    private static final int MAX_FIRST_SEQUENCE = 1 << 14;

    private static final int TICKS_A_MILLI = 90;

    private final int ssrc;
    private final int payloadType;
    private int firstSequence = ThreadLocalRandom.current().nextInt(MAX_FIRST_SEQUENCE);
    private long first;
    private long next;
    private long squeezedBefore = -1;
    private int squeezedTo;
    private long packets;
    private long octets;

    OutStream(int ssrc, int payloadType) {
        this.ssrc = ssrc;
        this.payloadType = payloadType;
    }

    int ssrc() {
        return ssrc;
    }

    /** What comes next begins at this packet of the live, without a gap in sequence numbers. */
    void startAt(long index) {
        firstSequence = sequenceOf(next);
        first = index;
        next = index;
    }

    /** Frames before this one are shown a millisecond apart, so that a joiner sees them as one and is live at once. */
    void squeezeBefore(RoomPacket live) {
        squeezedBefore = live.frame();
        squeezedTo = live.timestamp();
    }

    /** The live's packet that has not been sent yet. */
    long next() {
        return next;
    }

    private int sequenceOf(long index) {
        return (int) (firstSequence + (index - first)) & 0xFFFF;
    }

    /** Which of the live's packets has this sequence number; -1 when none that was sent here. */
    long indexOf(int sequence) {
        long newest = next - 1;
        long index = newest - ((sequenceOf(newest) - sequence) & 0xFFFF);
        return newest >= first && index >= first ? index : -1;
    }

    /** Writes the next packet. */
    int writeNext(RoomPacket packet, byte[] target) {
        next = packet.index() + 1;
        packets++;
        octets += packet.payload().length;
        return write(packet, target);
    }

    /** Writes a packet as it was, or will be, sent. */
    int write(RoomPacket packet, byte[] target) {
        RtpPacket.writeHeader(
                target, payloadType, packet.marker(), sequenceOf(packet.index()), timestampOf(packet), ssrc);
        System.arraycopy(packet.payload(), 0, target, RtpPacket.HEADER, packet.payload().length);
        return RtpPacket.HEADER + packet.payload().length;
    }

    private int timestampOf(RoomPacket packet) {
        return packet.frame() < squeezedBefore
                ? squeezedTo - (int) (squeezedBefore - packet.frame()) * TICKS_A_MILLI
                : packet.timestamp();
    }

    /** Packets sent, without repetitions. */
    long packets() {
        return packets;
    }

    /** Payload bytes of {@link #packets}. */
    long octets() {
        return octets;
    }
}
