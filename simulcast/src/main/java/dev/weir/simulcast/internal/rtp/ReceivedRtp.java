package dev.weir.simulcast.internal.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One RTP packet as a publisher sent it, without contributing sources, header extension and padding (RFC 3550 §5.1).
 *
 * @param sequence 0..65535
 * @param timestamp the 32 bits as they are, to be compared by difference only
 * @param ssrc the 32 bits as they are
 * @param payload empty for a packet that only pads; never modify it
 */
public record ReceivedRtp(int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload) {

    private static final int FIXED = 12;

    /** Reads a packet; null when it is none. */
    public static @Nullable ReceivedRtp parse(byte[] data, int offset, int length) {
        if (length < FIXED || (data[offset] & 0xC0) != 0x80) {
            return null;
        }
        int end = offset + length;
        int start = offset + FIXED + 4 * (data[offset] & 15);
        if ((data[offset] & 0x10) != 0) {
            if (start + 4 > end) {
                return null;
            }
            start += 4 + 4 * u16(data, start + 2);
        }
        if ((data[offset] & 0x20) != 0) {
            int padding = data[end - 1] & 0xFF;
            if (padding == 0) {
                return null;
            }
            end -= padding;
        }
        if (start > end) {
            return null;
        }
        return new ReceivedRtp(
                data[offset + 1] & 0x7F,
                (data[offset + 1] & 0x80) != 0,
                u16(data, offset + 2),
                i32(data, offset + 4),
                i32(data, offset + 8),
                Arrays.copyOfRange(data, start, end));
    }

    private static int u16(byte[] data, int at) {
        return ((data[at] & 0xFF) << 8) | (data[at + 1] & 0xFF);
    }

    private static int i32(byte[] data, int at) {
        return (u16(data, at) << 16) | u16(data, at + 2);
    }
}
