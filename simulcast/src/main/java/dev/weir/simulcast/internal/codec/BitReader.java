package dev.weir.simulcast.internal.codec;

/** Reads bits and Exp-Golomb numbers, most significant bit first (ISO/IEC 14496-10 §7.2, §9.1). */
final class BitReader {

    private final byte[] data;
    private int bit;

    BitReader(byte[] data) {
        this.data = data;
    }

    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 1) | bit();
        }
        return value;
    }

    boolean flag() {
        return bit() == 1;
    }

    /** Bits read so far. */
    int position() {
        return bit;
    }

    private int bit() {
        if (bit >= data.length * 8) {
            throw new MalformedMediaException("codec header: ends after " + data.length + " bytes (expected: more)");
        }
        int value = (data[bit / 8] >> (7 - bit % 8)) & 1;
        bit++;
        return value;
    }

    int ue() {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > 31) {
                throw new MalformedMediaException("Exp-Golomb prefix: over 31 zeros (expected: 0..31)");
            }
        }
        return zeros == 0 ? 0 : (int) ((1L << zeros) - 1 + (bits(zeros) & 0xFFFFFFFFL));
    }

    int se() {
        int value = ue();
        return (value & 1) == 1 ? (value + 1) >>> 1 : -(value >>> 1);
    }
}
