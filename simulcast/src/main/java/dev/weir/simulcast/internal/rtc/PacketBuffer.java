package dev.weir.simulcast.internal.rtc;

import org.jitsi.utils.ByteArrayBuffer;

/** A packet in an array with room behind it for an authentication tag. Reused packet by packet; not thread-safe. */
final class PacketBuffer implements ByteArrayBuffer {

    /** More than a packet on an Ethernet path with any SRTP tag. */
    static final int CAPACITY = 2048;

    private byte[] bytes = new byte[CAPACITY];
    private int offset;
    private int length;

    /** Empties it; what was in the array is no longer read. */
    PacketBuffer reset(int newLength) {
        offset = 0;
        length = newLength;
        return this;
    }

    @Override
    public byte[] getBuffer() {
        return bytes;
    }

    @Override
    public int getOffset() {
        return offset;
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
    public void setOffset(int newOffset) {
        offset = newOffset;
    }

    @Override
    public boolean isInvalid() {
        return offset < 0 || length < 0 || offset + length > bytes.length;
    }

    @Override
    public void readRegionToBuff(int at, int count, byte[] out) {
        System.arraycopy(bytes, offset + at, out, 0, count);
    }

    @Override
    public void grow(int by) {
        if (offset + length + by > bytes.length) {
            throw new IllegalStateException(
                    "packet: %d bytes and %d more (expected: at most %d)".formatted(offset + length, by, bytes.length));
        }
    }

    @Override
    public void append(byte[] data, int count) {
        grow(count);
        System.arraycopy(data, 0, bytes, offset + length, count);
        length += count;
    }

    @Override
    public void shrink(int by) {
        length = Math.max(0, length - by);
    }
}
