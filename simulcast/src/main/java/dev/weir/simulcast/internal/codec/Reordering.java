package dev.weir.simulcast.internal.codec;

import dev.weir.simulcast.VideoHeader;
import java.util.Arrays;

/** May pictures under a header be shown in another order than they are decoded, as B-frames are? */
public enum Reordering {
    /** The header rules it out. */
    NEVER,
    /** The header leaves it open. */
    POSSIBLE,
    /** The header says so, and receivers hold pictures back for it. */
    ANNOUNCED;

    private static final int SPS_AT = 8;

    /** What the header says. */
    public static Reordering of(VideoHeader header) {
        byte[] record = header.avcConfig();
        if (record.length < SPS_AT) {
            return POSSIBLE;
        }
        int length = ((record[6] & 0xFF) << 8) | (record[7] & 0xFF);
        try {
            byte[] sps = Arrays.copyOfRange(record, SPS_AT, Math.min(record.length, SPS_AT + length));
            return AvcSps.parse(sps).reordering();
        } catch (MalformedMediaException _) {
            return POSSIBLE;
        }
    }
}
