package dev.weir.simulcast.internal.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes AMF0 values (Adobe AMF0 specification): number, boolean, string, object, null, arrays, date. */
final class Amf0 {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_ENTRIES = 1024;

    private Amf0() {}

    /** All values of a command, in order. */
    static List<@Nullable Object> readAll(byte[] payload) {
        ByteBuf in = Unpooled.wrappedBuffer(payload);
        List<@Nullable Object> values = new ArrayList<>();
        try {
            while (in.isReadable()) {
                bounded(values.size());
                values.add(read(in, 0));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new RtmpException(
                    "AMF0: ends early after %d values (expected: whole values)".formatted(values.size()));
        }
        return values;
    }

    private static @Nullable Object read(ByteBuf in, int depth) {
        if (depth > MAX_DEPTH) {
            throw new RtmpException("AMF0 nesting: over %d (expected: 0..%d)".formatted(depth - 1, MAX_DEPTH));
        }
        int marker = in.readUnsignedByte();
        return switch (marker) {
            case 0 -> in.readDouble();
            case 1 -> in.readBoolean();
            case 2 -> string(in, in.readUnsignedShort());
            case 3 -> object(in, depth);
            case 5, 6 -> null;
            case 8 -> {
                in.skipBytes(4);
                yield object(in, depth);
            }
            case 10 -> array(in, depth);
            case 11 -> date(in);
            case 12 -> string(in, in.readInt());
            default -> throw new RtmpException("AMF0 marker: %d (expected: 0..3, 5, 6, 8, 10..12)".formatted(marker));
        };
    }

    private static double date(ByteBuf in) {
        double millis = in.readDouble();
        in.skipBytes(2);
        return millis;
    }

    private static String string(ByteBuf in, int length) {
        if (length < 0 || length > in.readableBytes()) {
            throw new RtmpException("AMF0 string: %d bytes (expected: 0..%d)".formatted(length, in.readableBytes()));
        }
        return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    private static Map<String, @Nullable Object> object(ByteBuf in, int depth) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        while (true) {
            String name = string(in, in.readUnsignedShort());
            if (name.isEmpty() && in.getByte(in.readerIndex()) == 9) {
                in.skipBytes(1);
                return entries;
            }
            bounded(entries.size());
            entries.put(name, read(in, depth + 1));
        }
    }

    private static List<@Nullable Object> array(ByteBuf in, int depth) {
        int count = in.readInt();
        bounded(count);
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(read(in, depth + 1));
        }
        return items;
    }

    private static void bounded(int count) {
        if (count < 0 || count >= MAX_ENTRIES) {
            throw new RtmpException("AMF0 entries: %d (expected: 0..%d)".formatted(count, MAX_ENTRIES));
        }
    }

    /** Encodes numbers, booleans, strings, maps, lists and nulls, one after the other. */
    static byte[] write(@Nullable Object... values) {
        ByteBuf out = Unpooled.buffer(256);
        for (Object value : values) {
            write(out, value);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static void write(ByteBuf out, @Nullable Object value) {
        switch (value) {
            case null -> out.writeByte(5);
            case Boolean flag -> out.writeByte(1).writeBoolean(flag);
            case Number number -> out.writeByte(0).writeDouble(number.doubleValue());
            case Map<?, ?> map -> {
                out.writeByte(3);
                map.forEach((name, entry) -> {
                    text(out, String.valueOf(name));
                    write(out, entry);
                });
                out.writeMedium(9);
            }
            case List<?> list -> {
                out.writeByte(10).writeInt(list.size());
                list.forEach(item -> write(out, item));
            }
            default -> text(out.writeByte(2), value.toString());
        }
    }

    private static void text(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xFFFF) {
            throw new RtmpException("AMF0 string: %d bytes (expected: 0..65535)".formatted(bytes.length));
        }
        out.writeShort(bytes.length).writeBytes(bytes);
    }
}
