package dev.weir.simulcast.internal.srt;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One picture in Annex B form (ISO/IEC 14496-10), turned into length-prefixed NAL units.
 *
 * @param sps sequence parameter sets found in it
 * @param pps picture parameter sets found in it
 * @param key true when decoding can start here
 * @param payload what is left, each unit behind its four-byte length; empty when there is no picture
 */
record AccessUnit(List<byte[]> sps, List<byte[]> pps, boolean key, byte[] payload) {

    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int DELIMITER = 9;
    private static final int FILLER = 12;

    static AccessUnit of(byte[] data) {
        List<byte[]> sps = new ArrayList<>();
        List<byte[]> pps = new ArrayList<>();
        var out = new ByteArrayOutputStream(data.length + 16);
        boolean key = false;
        for (int start = next(data, 0); start < data.length; ) {
            int after = next(data, start);
            int end = after < data.length || endsWithCode(data) ? after - 3 : after;
            while (end > start && data[end - 1] == 0) {
                end--;
            }
            if (end > start) {
                int type = data[start] & 31;
                key |= type == IDR;
                switch (type) {
                    case SPS -> sps.add(Arrays.copyOfRange(data, start, end));
                    case PPS -> pps.add(Arrays.copyOfRange(data, start, end));
                    case DELIMITER, FILLER -> {}
                    default -> write(out, data, start, end);
                }
            }
            start = after;
        }
        return new AccessUnit(sps, pps, key, out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, byte[] data, int start, int end) {
        int size = end - start;
        out.write(size >> 24);
        out.write(size >> 16);
        out.write(size >> 8);
        out.write(size);
        out.write(data, start, size);
    }

    private static boolean endsWithCode(byte[] data) {
        int n = data.length;
        return n >= 3 && data[n - 1] == 1 && data[n - 2] == 0 && data[n - 3] == 0;
    }

    /** The place after the next start code, or the end. */
    private static int next(byte[] data, int from) {
        for (int i = from; i + 2 < data.length; i++) {
            if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
                return i + 3;
            }
        }
        return data.length;
    }
}
