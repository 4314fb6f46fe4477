package dev.weir.simulcast.internal.hls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes ISO base media boxes (ISO/IEC 14496-12 §4.2): open, fill, close. */
final class Boxes {

    private byte[] data;
    private int size;

    Boxes(int capacity) {
        data = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Starts a box; the answer is the mark that {@link #end} needs. */
    int start(String type) {
        int mark = size;
        u32(0);
        text(type);
        return mark;
    }

    int startFull(String type, int version, int flags) {
        int mark = start(type);
        u32((long) version << 24 | flags);
        return mark;
    }

    Boxes end(int mark) {
        return patch(mark, size - mark);
    }

    Boxes patch(int at, int value) {
        data[at] = (byte) (value >>> 24);
        data[at + 1] = (byte) (value >>> 16);
        data[at + 2] = (byte) (value >>> 8);
        data[at + 3] = (byte) value;
        return this;
    }

    Boxes u8(int value) {
        room(1);
        data[size++] = (byte) value;
        return this;
    }

    Boxes u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    Boxes u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    Boxes u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    Boxes zeros(int count) {
        room(count);
        size += count;
        return this;
    }

    Boxes text(String text) {
        return bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    Boxes bytes(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, data, size, bytes.length);
        size += bytes.length;
        return this;
    }

    private void room(int count) {
        if (size + count > data.length) {
            data = Arrays.copyOf(data, Math.max(data.length * 2, size + count));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(data, size);
    }

    /** As {@link #toByteArray}, without a copy when the capacity was exact; nothing may be written afterwards. */
    byte[] takeBytes() {
        return size == data.length ? data : toByteArray();
    }
}
