package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.Track;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes a transport stream apart (ISO/IEC 13818-1 §2.4): the H.264 and the AAC stream of its first programme. Bytes
 * before the first sync byte are skipped. Not thread-safe.
 */
final class TsDemuxer {

    private static final int PACKET = 188;
    private static final int SYNC = 0x47;
    private static final int NO_PID = -1;

    /** Who wants the elementary streams? */
    interface Sink {
        /** One whole PES packet; times in 1/90000 s, 33 bits. */
        void packet(Track track, long pts, long dts, byte[] data);

        /** Something of this track has not arrived. */
        void lost(Track track);
    }

    private final Sink sink;
    private final byte[] partial = new byte[PACKET];
    private final Map<Integer, PesAssembly> streams = new HashMap<>();
    private int partialLength;
    private int tablePid = NO_PID;

    TsDemuxer(Sink sink) {
        this.sink = sink;
    }

    /** Takes the next bytes, which may begin and end anywhere. */
    void feed(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            if (partialLength == 0 && (bytes[at] & 0xFF) != SYNC) {
                at++;
                continue;
            }
            int take = Math.min(PACKET - partialLength, length - at);
            System.arraycopy(bytes, at, partial, partialLength, take);
            partialLength += take;
            at += take;
            if (partialLength == PACKET) {
                partialLength = 0;
                packet(partial);
            }
        }
    }

    private void packet(byte[] data) {
        boolean damaged = (data[1] & 0x80) != 0;
        int pid = ((data[1] & 0x1F) << 8) | (data[2] & 0xFF);
        int start = (data[3] & 0x20) != 0 ? 5 + (data[4] & 0xFF) : 4;
        boolean hasPayload = (data[3] & 0x10) != 0;
        if (damaged || !hasPayload || start >= PACKET) {
            return;
        }
        boolean begins = (data[1] & 0x40) != 0;
        if (pid == 0 || pid == tablePid) {
            if (begins) {
                table(Arrays.copyOfRange(data, start, PACKET), pid == 0);
            }
            return;
        }
        PesAssembly stream = streams.get(pid);
        if (stream != null) {
            stream.add(data, start, begins, data[3] & 15);
        }
    }

    private void table(byte[] payload, boolean programmes) {
        var section = PsiSection.read(payload, programmes ? 0 : 2);
        if (programmes) {
            tablePid = section.programmeTablePid();
            return;
        }
        Map<Integer, Track> found = section.streams();
        streams.keySet().retainAll(found.keySet());
        found.forEach((pid, track) -> streams.computeIfAbsent(pid, id -> new PesAssembly(track, sink)));
    }

    /** The stream is over: what waited for its end is complete. */
    void end() {
        streams.values().forEach(PesAssembly::flush);
    }

    static MalformedMediaException malformed(String what, long value, String expected) {
        return new MalformedMediaException("%s: %d (expected: %s)".formatted(what, value, expected));
    }
}
