package dev.weir.simulcast.internal.rendition;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Changes parameter sets as encoders that say less would write them. */
final class SpsEdit {

    private SpsEdit() {}

    /** x264's own set of High profile, whose vui_parameters_present_flag is cleared and whose rest is cut off. */
    static byte[] withoutVui(byte[] avcConfig) {
        int length = (avcConfig[6] & 0xFF) << 8 | avcConfig[7] & 0xFF;
        byte[] sps = Arrays.copyOfRange(avcConfig, 8, 8 + length);
        int bit = vuiFlag(sps);
        byte[] cut = Arrays.copyOf(sps, bit / 8 + 2);
        for (int at = bit; at < cut.length * 8; at++) {
            cut[at / 8] &= (byte) ~(0x80 >> at % 8);
        }
        // rbsp_stop_one_bit
        cut[(bit + 1) / 8] |= (byte) (0x80 >> (bit + 1) % 8);
        if (cut[cut.length - 1] == 0) {
            cut = Arrays.copyOf(cut, cut.length - 1);
        }
        var out = new ByteArrayOutputStream();
        out.write(avcConfig, 0, 6);
        out.write(cut.length >> 8);
        out.write(cut.length);
        out.writeBytes(cut);
        out.write(avcConfig, 8 + length, avcConfig.length - 8 - length);
        return out.toByteArray();
    }

    private static int vuiFlag(byte[] sps) {
        int[] at = {32};
        ue(sps, at);
        ue(sps, at);
        ue(sps, at);
        ue(sps, at);
        at[0] += 2;
        ue(sps, at);
        if (ue(sps, at) == 0) {
            ue(sps, at);
        }
        ue(sps, at);
        at[0]++;
        ue(sps, at);
        ue(sps, at);
        at[0] += 2;
        if (bit(sps, at[0]++) == 1) {
            for (int i = 0; i < 4; i++) {
                ue(sps, at);
            }
        }
        return at[0];
    }

    private static int ue(byte[] bytes, int[] at) {
        int zeros = 0;
        while (bit(bytes, at[0]++) == 0) {
            zeros++;
        }
        int value = 1;
        for (int i = 0; i < zeros; i++) {
            value = value << 1 | bit(bytes, at[0]++);
        }
        return value - 1;
    }

    private static int bit(byte[] bytes, int at) {
        return bytes[at / 8] >> 7 - at % 8 & 1;
    }
}
