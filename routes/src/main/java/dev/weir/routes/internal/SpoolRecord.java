package dev.weir.routes.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * How does a delivery lie in a file? A mark, the length of what follows the head, its CRC-32C, and then each value with its length.
 * Whole and unharmed, or not a record.
 */
final class SpoolRecord {
    static final int HEAD = 12;
    static final int MARK = 0x5765_4972;
    /** Bodies end at 4 MiB and heads far below that. */
    static final int MOST = 8 << 20;

    private static final int VERSION = 1;

    private SpoolRecord() {}

    static ByteBuffer written(InboxRow row) {
        byte[] content = content(row);
        ByteBuffer record = ByteBuffer.allocate(HEAD + content.length);
        return record.putInt(MARK)
                .putInt(content.length)
                .putInt(checksum(ByteBuffer.wrap(content)))
                .put(content)
                .flip();
    }

    /** Length of the record at {@code at}, with its head; 0 when there is no whole and unharmed one. */
    static int lengthAt(ByteBuffer file, int at) {
        if (file.limit() - at < HEAD || file.getInt(at) != MARK) {
            return 0;
        }
        int length = file.getInt(at + 4);
        if (length < 1 || length > MOST || length > file.limit() - at - HEAD) {
            return 0;
        }
        return file.getInt(at + 8) == checksum(file.slice(at + HEAD, length)) ? HEAD + length : 0;
    }

    /** Whether what lies from {@code at} to the end is as a write leaves it that was cut off: a beginning alone, or nothing but zeros. */
    static boolean isTorn(ByteBuffer file, int at) {
        int rest = file.limit() - at;
        if (rest >= HEAD && file.getInt(at) == MARK) {
            int length = file.getInt(at + 4);
            return length >= 1 && length <= MOST && length > rest - HEAD;
        }
        byte[] mark = ByteBuffer.allocate(4).putInt(MARK).array();
        boolean begun = rest < HEAD;
        boolean zeros = true;
        for (int i = 0; i < rest; i++) {
            byte one = file.get(at + i);
            begun &= i >= mark.length || one == mark[i];
            zeros &= one == 0;
        }
        return begun || zeros;
    }

    /** The delivery of the record at {@code at}, which is {@code length} long. */
    static InboxRow read(ByteBuffer file, int at, int length) throws IOException {
        byte[] content = new byte[length - HEAD];
        file.get(at + HEAD, content);
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("version of a spooled delivery: " + version + " (expected: " + VERSION + ")");
            }
            return new InboxRow(
                    new UUID(in.readLong(), in.readLong()),
                    new UUID(in.readLong(), in.readLong()),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    in.readNBytes(in.readInt()),
                    Instant.ofEpochSecond(in.readLong(), in.readInt()));
        }
    }

    private static byte[] content(InboxRow row) {
        var bytes = new ByteArrayOutputStream(row.size() + 512);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(row.id().getMostSignificantBits());
            out.writeLong(row.id().getLeastSignificantBits());
            out.writeLong(row.connectionId().getMostSignificantBits());
            out.writeLong(row.connectionId().getLeastSignificantBits());
            for (String text : new String[] {
                row.brand(),
                row.channel(),
                row.deliveryId(),
                row.topic(),
                row.aggregateKey(),
                row.headers(),
                row.query()
            }) {
                write(out, text.getBytes(StandardCharsets.UTF_8));
            }
            write(out, row.body());
            Instant received = row.receivedAt();
            out.writeLong(received.getEpochSecond());
            out.writeInt(received.getNano());
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static int checksum(ByteBuffer content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return (int) sum.getValue();
    }
}
