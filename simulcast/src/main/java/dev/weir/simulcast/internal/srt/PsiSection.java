package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.Track;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A programme table that fits one packet (ISO/IEC 13818-1 §2.4.4), as those of live encoders do. */
final class PsiSection {

    private static final int H264 = 0x1B;
    private static final int AAC_ADTS = 0x0F;
    private static final int CHECKSUM = 4;

    private final byte[] data;

    private PsiSection(byte[] data) {
        this.data = data;
    }

    static PsiSection read(byte[] payload, int tableId) {
        int start = 1 + (payload[0] & 0xFF);
        if (start + 12 > payload.length || (payload[start] & 0xFF) != tableId) {
            throw TsDemuxer.malformed("programme table starts at", start, "one of type " + tableId);
        }
        int length = 3 + (((payload[start + 1] & 0x0F) << 8) | (payload[start + 2] & 0xFF));
        if (length < 12 || start + length > payload.length) {
            throw TsDemuxer.malformed("programme table length", length, "12.." + (payload.length - start));
        }
        return new PsiSection(Arrays.copyOfRange(payload, start, start + length - CHECKSUM));
    }

    /** In the table of programmes: where the first programme's own table is. */
    int programmeTablePid() {
        for (int at = 8; at + 4 <= data.length; at += 4) {
            if (u16(at) != 0) {
                return u16(at + 2) & 0x1FFF;
            }
        }
        throw TsDemuxer.malformed("programmes", 0, "1 or more");
    }

    /** In a programme's table: its first picture and its first sound. */
    Map<Integer, Track> streams() {
        Map<Integer, Track> found = new LinkedHashMap<>();
        int at = 12 + (data.length >= 12 ? u16(10) & 0x0FFF : 0);
        while (at + 5 <= data.length) {
            Track track = track(data[at] & 0xFF);
            if (track != null && !found.containsValue(track)) {
                found.put(u16(at + 1) & 0x1FFF, track);
            }
            at += 5 + (u16(at + 3) & 0x0FFF);
        }
        return found;
    }

    private static @Nullable Track track(int type) {
        return switch (type) {
            case H264 -> Track.VIDEO;
            case AAC_ADTS -> Track.AUDIO;
            case 0x01, 0x02 -> throw refused("video codec: MPEG-2 (expected: H.264)");
            case 0x24 -> throw refused("video codec: HEVC (expected: H.264)");
            case 0x03, 0x04 -> throw refused("audio codec: MP3 (expected: AAC in ADTS)");
            case 0x11 -> throw refused("audio codec: AAC in LATM (expected: AAC in ADTS)");
            case 0x81 -> throw refused("audio codec: AC-3 (expected: AAC in ADTS)");
            default -> null;
        };
    }

    private static MalformedMediaException refused(String message) {
        return new MalformedMediaException(message);
    }

    private int u16(int at) {
        return ((data[at] & 0xFF) << 8) | (data[at + 1] & 0xFF);
    }
}
