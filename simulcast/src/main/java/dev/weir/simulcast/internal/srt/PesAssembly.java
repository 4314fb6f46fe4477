package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.Track;
import java.util.Arrays;

/** Puts one elementary stream's packets together (ISO/IEC 13818-1 §2.4.3.6). A gap costs the packet it falls into. */
final class PesAssembly {

    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int HEADER = 9;
    private static final int TIME_BYTES = 5;

    private final Track track;
    private final TsDemuxer.Sink sink;
    private byte[] data = new byte[16 * 1024];
    private int length;
    private boolean collecting;
    private int lastCounter = -1;

    PesAssembly(Track track, TsDemuxer.Sink sink) {
        this.track = track;
        this.sink = sink;
    }

    void add(byte[] packet, int start, boolean begins, int counter) {
        if (counter == lastCounter) {
            return;
        }
        if (lastCounter >= 0 && counter != ((lastCounter + 1) & 15)) {
            collecting = false;
            sink.lost(track);
        }
        lastCounter = counter;
        if (begins) {
            flush();
            collecting = true;
            length = 0;
        }
        if (collecting) {
            append(packet, start);
        }
    }

    private void append(byte[] packet, int start) {
        int count = packet.length - start;
        if (length + count > MAX_BYTES) {
            throw TsDemuxer.malformed("PES packet", length + count, "0.." + MAX_BYTES + " bytes");
        }
        if (length + count > data.length) {
            data = Arrays.copyOf(data, Math.max(data.length * 2, length + count));
        }
        System.arraycopy(packet, start, data, length, count);
        length += count;
        // Pictures leave the length open: they end where the next one begins.
        int told = length >= 6 ? u16(4) : 0;
        if (told > 0 && length >= 6 + told) {
            length = 6 + told;
            flush();
        }
    }

    /** Hands over what was collected. */
    void flush() {
        if (!collecting) {
            return;
        }
        collecting = false;
        if (length < HEADER || data[0] != 0 || data[1] != 0 || data[2] != 1) {
            throw TsDemuxer.malformed("PES packet", length, "0x000001 and " + HEADER + " bytes or more");
        }
        int body = HEADER + (data[8] & 0xFF);
        boolean hasPts = (data[7] & 0x80) != 0;
        boolean hasDts = (data[7] & 0x40) != 0;
        int times = hasPts ? hasDts ? 2 * TIME_BYTES : TIME_BYTES : 0;
        if (body > length || times == 0 || times > body - HEADER) {
            throw TsDemuxer.malformed("PES header", body, "with a time, 14.." + length + " bytes");
        }
        long pts = time(HEADER);
        sink.packet(track, pts, hasDts ? time(HEADER + TIME_BYTES) : pts, Arrays.copyOfRange(data, body, length));
    }

    private long time(int at) {
        return ((data[at] & 0x0EL) << 29) | ((long) (u16(at + 1) >> 1) << 15) | (u16(at + 3) >> 1);
    }

    private int u16(int at) {
        return ((data[at] & 0xFF) << 8) | (data[at + 1] & 0xFF);
    }
}
