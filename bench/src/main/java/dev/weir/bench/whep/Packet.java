package dev.weir.bench.whep;

import org.jitsi.utils.ByteArrayBuffer;

/** One datagram in a buffer that is used again. Used by one thread. */
final class Packet implements ByteArrayBuffer {

    static final int CAPACITY = 2048;

    private final byte[] bytes = new byte[CAPACITY];
    private int length;

    int at(int index) {
        return bytes[index] & 0xFF;
    }

    int int16(int index) {
        return at(index) << 8 | at(index + 1);
    }

    int int32(int index) {
        return int16(index) << 16 | int16(index + 2);
    }

    void put16(int index, int value) {
        bytes[index] = (byte) (value >> 8);
        bytes[index + 1] = (byte) value;
    }

    void put32(int index, int value) {
        put16(index, value >> 16);
        put16(index + 2, value);
    }

    @Override
    public byte[] getBuffer() {
        return bytes;
    }

    @Override
    public int getOffset() {
        return 0;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int newLength) {
        length = newLength;
    }

    @Override
    public void setOffset(int offset) {
        if (offset != 0) {
            throw new IllegalArgumentException("offset: %d (expected: 0)".formatted(offset));
        }
    }

    @Override
    public boolean isInvalid() {
        return length == 0;
    }

    @Override
    public void readRegionToBuff(int from, int count, byte[] to) {
        System.arraycopy(bytes, from, to, 0, count);
    }

    @Override
    public void grow(int by) {
        if (length + by > CAPACITY) {
            throw new IllegalArgumentException("packet: %d bytes (expected: 0..%d)".formatted(length + by, CAPACITY));
        }
    }

    @Override
    public void append(byte[] data, int count) {
        grow(count);
        System.arraycopy(data, 0, bytes, length, count);
        length += count;
    }

    @Override
    public void shrink(int by) {
        length = Math.max(0, length - by);
    }
}
