package dev.weir.simulcast.internal.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * How many pictures does a decoder hold back? Encoders announce the most that their settings could ever need
 * (max_num_reorder_frames, ISO/IEC 14496-10 §E.2.1): x264, and so OBS, says 2 for two B-frames that need 1. A decoder
 * that is told nothing learns the depth from the pictures, and each one less is a picture's time saved.
 */
public final class ReorderDepth {

    private static final int SPS_AT = 8;

    private ReorderDepth() {}

    /** The same codec header without the announcement; the same object where there is none or it rules B-frames out. */
    public static byte[] untold(byte[] avcConfig) {
        if (avcConfig.length < SPS_AT) {
            return avcConfig;
        }
        int end = SPS_AT + (((avcConfig[6] & 0xFF) << 8) | (avcConfig[7] & 0xFF));
        try {
            byte[] nal = Arrays.copyOfRange(avcConfig, SPS_AT, Math.min(avcConfig.length, end));
            AvcSps sps = AvcSps.parse(nal);
            if (sps.reordering() != Reordering.ANNOUNCED || end > avcConfig.length) {
                return avcConfig;
            }
            byte[] shorter = Rbsp.escape(cut(Rbsp.unescape(nal), sps.orderFlagAt()));
            var out = new ByteArrayOutputStream();
            out.write(avcConfig, 0, SPS_AT - 2);
            out.write(shorter.length >> 8);
            out.write(shorter.length);
            out.writeBytes(shorter);
            out.write(avcConfig, end, avcConfig.length - end);
            return out.toByteArray();
        } catch (MalformedMediaException _) {
            return avcConfig;
        }
    }

    /** The flag cleared, and after it the end (§7.3.2.11): a one, and zeros up to the byte. */
    private static byte[] cut(byte[] raw, int flagAt) {
        int stop = flagAt + 1;
        byte[] out = Arrays.copyOf(raw, stop / 8 + 1);
        out[flagAt / 8] &= (byte) ~(0x80 >> (flagAt % 8));
        int keep = 0xFF << (8 - stop % 8);
        out[stop / 8] = (byte) ((out[stop / 8] & keep) | (0x80 >> (stop % 8)));
        return out;
    }
}
