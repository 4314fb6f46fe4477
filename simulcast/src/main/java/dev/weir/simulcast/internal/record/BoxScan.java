package dev.weir.simulcast.internal.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads which fragments of a file of ours are complete (ISO/IEC 14496-12 §4.2, §8.8). Not thread-safe. */
final class BoxScan {

    /**
     * One moof with its mdat.
     *
     * @param offset first byte
     * @param length bytes
     * @param key true when it begins with a key frame
     * @param fromMillis time of its first picture, or of its first sound when it has no picture
     * @param untilMillis end of its last one
     */
    record Piece(long offset, long length, boolean key, long fromMillis, long untilMillis) {}

    /**
     * What is whole.
     *
     * @param initLength bytes before the first fragment; 0 when the file has no beginning
     * @param pieces in order
     */
    record Found(long initLength, List<Piece> pieces) {

        /** Bytes that are whole; what follows was torn. */
        long end() {
            return pieces.isEmpty()
                    ? initLength
                    : pieces.getLast().offset() + pieces.getLast().length();
        }
    }

    private static final int HEADER = 8;
    /** Moofs of ours have some kilobytes. */
    private static final long MAX_META = 16L * 1024 * 1024;

    private static final int NOT_SYNC = 0x00010000;
    private static final int VIDEO = 1;

    private final FileChannel in;
    private final Map<Integer, Long> timescales = new HashMap<>();
    private final List<Piece> pieces = new ArrayList<>();
    private long initLength;

    private BoxScan(FileChannel in) {
        this.in = in;
    }

    static Found of(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            return new BoxScan(in).scan();
        }
    }

    private Found scan() throws IOException {
        long at = 0;
        long moofAt = -1;
        while (at + HEADER <= in.size()) {
            ByteBuffer header = read(at, HEADER);
            long length = header.getInt() & 0xFFFFFFFFL;
            String type = type(header);
            if (length < HEADER || at + length > in.size()) {
                break;
            }
            switch (type) {
                case "moov" -> {
                    moov(body(at, length));
                    initLength = at + length;
                }
                case "moof" -> moofAt = at;
                case "mdat" -> {
                    if (initLength > 0 && moofAt >= 0) {
                        piece(moofAt, at, at + length);
                    }
                    moofAt = -1;
                }
                default -> {
                    // Nothing that a fragment needs.
                }
            }
            at += length;
        }
        return new Found(initLength, List.copyOf(pieces));
    }

    private ByteBuffer read(long at, long length) throws IOException {
        if (length > MAX_META) {
            throw new IOException("box: %d bytes (expected: 0..%d)".formatted(length, MAX_META));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("file: ends at %d (expected: %d)".formatted(in.size(), at + length));
            }
        }
        return bytes.flip();
    }

    private ByteBuffer body(long at, long length) throws IOException {
        return read(at + HEADER, length - HEADER);
    }

    private static String type(ByteBuffer in) {
        byte[] name = new byte[4];
        in.get(name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    private interface Visit {
        void box(String type, ByteBuffer body);
    }

    private static void children(ByteBuffer in, Visit visit) {
        while (in.remaining() >= HEADER) {
            int length = in.getInt() - HEADER;
            String type = type(in);
            if (length < 0 || length > in.remaining()) {
                return;
            }
            visit.box(type, in.slice(in.position(), length));
            in.position(in.position() + length);
        }
    }

    private void moov(ByteBuffer moov) {
        children(moov, (type, trak) -> {
            if (type.equals("trak")) {
                int[] id = new int[1];
                children(trak, (name, body) -> {
                    if (name.equals("tkhd")) {
                        id[0] = body.getInt(12);
                    } else if (name.equals("mdia")) {
                        children(body, (inner, mdhd) -> {
                            if (inner.equals("mdhd")) {
                                timescales.put(id[0], mdhd.getInt(12) & 0xFFFFFFFFL);
                            }
                        });
                    }
                });
            }
        });
    }

    private record Run(int track, boolean key, long from, long until) {}

    private void piece(long moofAt, long mdatAt, long end) throws IOException {
        List<Run> runs = new ArrayList<>();
        children(body(moofAt, mdatAt - moofAt), (type, traf) -> {
            if (type.equals("traf")) {
                runs.add(run(traf));
            }
        });
        if (!runs.isEmpty()) {
            Run first = runs.getFirst();
            boolean key = first.track() != VIDEO || first.key();
            pieces.add(new Piece(moofAt, end - moofAt, key, first.from(), first.until()));
        }
    }

    /** Of a traf as {@code Fragment} writes it: all times and flags with each sample. */
    private Run run(ByteBuffer traf) {
        int[] track = new int[1];
        long[] time = new long[2];
        boolean[] key = new boolean[1];
        children(traf, (type, body) -> {
            switch (type) {
                case "tfhd" -> track[0] = body.getInt(4);
                case "tfdt" -> time[0] = body.getLong(4);
                case "trun" -> {
                    int count = body.getInt(4);
                    key[0] = count > 0 && (body.getInt(20) & NOT_SYNC) == 0;
                    for (int i = 0; i < count; i++) {
                        time[1] += body.getInt(12 + 16 * i);
                    }
                }
                default -> {
                    // Nothing of time.
                }
            }
        });
        long scale = Math.max(1, timescales.getOrDefault(track[0], 1000L));
        return new Run(track[0], key[0], time[0] * 1000 / scale, (time[0] + time[1]) * 1000 / scale);
    }
}
