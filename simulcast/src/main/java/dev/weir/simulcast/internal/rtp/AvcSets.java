package dev.weir.simulcast.internal.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which parameter sets must a decoder have, as one of RTMP's codec headers holds them?
 *
 * @param sets sequence sets before picture sets, one NAL unit each
 */
record AvcSets(List<byte[]> sets) {

    static final AvcSets NONE = new AvcSets(List.of());

    /** Reads an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1); what does not fit is left out. */
    static AvcSets parse(byte[] record) {
        List<byte[]> sets = new ArrayList<>();
        if (record.length > 6) {
            int at = read(record, 6, record[5] & 31, sets);
            if (at < record.length) {
                read(record, at + 1, record[at] & 0xFF, sets);
            }
        }
        return new AvcSets(List.copyOf(sets));
    }

    private static int read(byte[] record, int from, int count, List<byte[]> into) {
        int at = from;
        for (int i = 0; i < count && at + 2 <= record.length; i++) {
            int length = RtpPacket.u16(record, at);
            at += 2;
            if (length > 0 && at + length <= record.length) {
                into.add(Arrays.copyOfRange(record, at, at + length));
            }
            at += length;
        }
        return at;
    }
}
