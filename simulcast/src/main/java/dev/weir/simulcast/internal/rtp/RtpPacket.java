package dev.weir.simulcast.internal.rtp;

import java.util.Arrays;
import java.util.Optional;

/**
 * What does one RTP packet say (RFC 3550 §5.1)? Contributing sources, header extension and padding are left out of the
 * payload. Immutable, if the array is.
 *
 * @param payloadType 0..127
 * @param marker end of a picture, for video
 * @param sequence 0..65535
 * @param timestamp 32 bits, unsigned
 * @param ssrc 32 bits
 * @param bytes the whole packet
 * @param payloadOffset where the payload begins
 * @param payloadLength how long it is; 0 for a packet of padding only
 */
public record RtpPacket(
        int payloadType,
        boolean marker,
        int sequence,
        long timestamp,
        int ssrc,
        byte[] bytes,
        int payloadOffset,
        int payloadLength) {

    /** Bytes of a header without contributing sources and extension. */
    public static final int HEADER = 12;

    /** The packet, or empty when these bytes are none. */
    public static Optional<RtpPacket> parse(byte[] bytes) {
        if (bytes.length < HEADER || (bytes[0] & 0xC0) != 0x80) {
            return Optional.empty();
        }
        int start = HEADER + 4 * (bytes[0] & 15);
        if ((bytes[0] & 0x10) != 0) {
            if (start + 4 > bytes.length) {
                return Optional.empty();
            }
            start += 4 + 4 * u16(bytes, start + 2);
        }
        int end = bytes.length;
        if ((bytes[0] & 0x20) != 0) {
            end -= bytes[end - 1] & 0xFF;
        }
        if (start > end) {
            return Optional.empty();
        }
        return Optional.of(new RtpPacket(
                bytes[1] & 0x7F,
                (bytes[1] & 0x80) != 0,
                u16(bytes, 2),
                i32(bytes, 4) & 0xFFFFFFFFL,
                i32(bytes, 8),
                bytes,
                start,
                end - start));
    }

    /** A copy of the payload. */
    public byte[] payload() {
        return Arrays.copyOfRange(bytes, payloadOffset, payloadOffset + payloadLength);
    }

    /** Writes a plain header to the start of the target. */
    public static void writeHeader(
            byte[] target, int payloadType, boolean marker, int sequence, int timestamp, int ssrc) {
        target[0] = (byte) 0x80;
        target[1] = (byte) (payloadType | (marker ? 0x80 : 0));
        target[2] = (byte) (sequence >> 8);
        target[3] = (byte) sequence;
        put32(target, 4, timestamp);
        put32(target, 8, ssrc);
    }

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    static int i32(byte[] bytes, int at) {
        return (u16(bytes, at) << 16) | u16(bytes, at + 2);
    }

    static void put32(byte[] target, int at, int value) {
        target[at] = (byte) (value >> 24);
        target[at + 1] = (byte) (value >> 16);
        target[at + 2] = (byte) (value >> 8);
        target[at + 3] = (byte) value;
    }
}
