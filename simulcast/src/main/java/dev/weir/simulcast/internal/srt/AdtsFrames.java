package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.internal.codec.CodecHeaders;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes AAC frames out of their ADTS headers (ISO/IEC 13818-7 §6.2). Several frames share one time stamp, and a frame
 * may end in the next packet. Not thread-safe.
 */
final class AdtsFrames {

    private static final int HEADER = 7;
    private static final int SAMPLES = 1024;

    /** Who takes the frames? */
    interface Sink {
        void frame(long millis, byte[] payload, AudioHeader header);
    }

    private final Sink sink;
    private byte[] rest = new byte[0];
    private long restMillis;
    private @Nullable AudioHeader header;

    AdtsFrames(Sink sink) {
        this.sink = sink;
    }

    void forget() {
        rest = new byte[0];
    }

    /** @param millis of the first frame that begins in {@code data} */
    void add(long millis, byte[] data) {
        byte[] all = joined(rest, data);
        int fresh = rest.length;
        long base = fresh > 0 ? restMillis : millis;
        int count = 0;
        int at = 0;
        boolean onRest = fresh > 0;
        while (at + HEADER <= all.length) {
            if (onRest && at >= fresh) {
                onRest = false;
                base = millis;
                count = 0;
            }
            int size = frameSize(all, at);
            if (at + size > all.length) {
                break;
            }
            frame(base, count++, all, at, size);
            at += size;
        }
        restMillis = header == null ? millis : at(base, count, header);
        rest = Arrays.copyOfRange(all, at, all.length);
    }

    private void frame(long base, int count, byte[] all, int at, int size) {
        int skip = (all[at + 1] & 1) == 1 ? HEADER : HEADER + 2;
        if (size <= skip) {
            throw TsDemuxer.malformed("ADTS frame", size, "above " + skip + " bytes");
        }
        AudioHeader now = header(all, at);
        sink.frame(at(base, count, now), Arrays.copyOfRange(all, at + skip, at + size), now);
    }

    private static long at(long base, int count, AudioHeader now) {
        return base + (long) count * SAMPLES * 1000 / now.sampleRate();
    }

    private static int frameSize(byte[] all, int at) {
        if ((all[at] & 0xFF) != 0xFF || (all[at + 1] & 0xF6) != 0xF0) {
            throw new MalformedMediaException(
                    "ADTS header: %02x%02x (expected: fff0..fff9)".formatted(all[at] & 0xFF, all[at + 1] & 0xFF));
        }
        if ((all[at + 6] & 3) != 0) {
            throw TsDemuxer.malformed("AAC blocks a frame", (all[at + 6] & 3) + 1, "1");
        }
        int size = ((all[at + 3] & 3) << 11) | ((all[at + 4] & 0xFF) << 3) | ((all[at + 5] & 0xFF) >> 5);
        if (size < HEADER) {
            throw TsDemuxer.malformed("ADTS frame", size, HEADER + ".. bytes");
        }
        return size;
    }

    /** The same object until the settings change. */
    private AudioHeader header(byte[] all, int at) {
        int type = ((all[at + 2] >> 6) & 3) + 1;
        int rate = (all[at + 2] >> 2) & 15;
        int channels = ((all[at + 2] & 1) << 2) | ((all[at + 3] >> 6) & 3);
        byte[] config = {(byte) ((type << 3) | (rate >> 1)), (byte) (((rate & 1) << 7) | (channels << 3))};
        AudioHeader known = header;
        if (known == null || !Arrays.equals(known.config(), config)) {
            known = CodecHeaders.aac(config);
            header = known;
        }
        return known;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
