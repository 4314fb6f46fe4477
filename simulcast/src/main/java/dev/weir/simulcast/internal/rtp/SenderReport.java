package dev.weir.simulcast.internal.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which moment of the publisher's wall clock belongs to which RTP time (RFC 3550 §6.4.1)?
 *
 * @param ssrc the 32 bits as they are
 * @param ntp NTP time, 32.32 fixed point
 * @param timestamp RTP time of the same moment
 */
public record SenderReport(int ssrc, long ntp, int timestamp) {

    private static final int TYPE = 200;
    private static final int BYTES = 28;

    /** The sender reports in one compound packet, as far as it can be read. */
    public static List<SenderReport> readAll(byte[] data, int offset, int length) {
        List<SenderReport> reports = new ArrayList<>(1);
        int at = offset;
        int end = offset + length;
        while (at + 4 <= end && (data[at] & 0xC0) == 0x80) {
            int bytes = 4 * ((((data[at + 2] & 0xFF) << 8) | (data[at + 3] & 0xFF)) + 1);
            if (at + bytes > end) {
                break;
            }
            if ((data[at + 1] & 0xFF) == TYPE && bytes >= BYTES) {
                ByteBuffer in = ByteBuffer.wrap(data, at + 4, BYTES - 4);
                reports.add(new SenderReport(in.getInt(), in.getLong(), in.getInt()));
            }
            at += bytes;
        }
        return reports;
    }

    /** The publisher's wall clock in milliseconds, with their fraction, since the epoch of NTP. */
    public double wallMillis() {
        return (ntp >>> 32) * 1000.0 + (ntp & 0xFFFFFFFFL) * 1000.0 / 4294967296.0;
    }
}
