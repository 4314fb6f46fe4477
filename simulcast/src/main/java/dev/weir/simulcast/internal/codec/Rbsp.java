package dev.weir.simulcast.internal.codec;

import java.util.Arrays;

/** Takes the emulation prevention bytes out of a NAL unit and puts them back (ISO/IEC 14496-10 §7.4.1.1). */
final class Rbsp {

    private static final byte PREVENTION = 3;

    private Rbsp() {}

    static byte[] unescape(byte[] nal) {
        byte[] out = new byte[nal.length];
        int length = 0;
        int zeros = 0;
        for (byte b : nal) {
            if (zeros >= 2 && b == PREVENTION) {
                zeros = 0;
                continue;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            out[length++] = b;
        }
        return Arrays.copyOf(out, length);
    }

    static byte[] escape(byte[] raw) {
        byte[] out = new byte[raw.length + raw.length / 2 + 1];
        int length = 0;
        int zeros = 0;
        for (byte b : raw) {
            if (zeros == 2 && (b & 0xFF) <= PREVENTION) {
                out[length++] = PREVENTION;
                zeros = 0;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            out[length++] = b;
        }
        if (zeros > 0) {
            // Only cabac_zero_words end in a zero, which must not be the last byte of a NAL unit.
            out[length++] = PREVENTION;
        }
        return Arrays.copyOf(out, length);
    }
}
