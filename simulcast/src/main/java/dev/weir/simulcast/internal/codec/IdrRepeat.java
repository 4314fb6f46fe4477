package dev.weir.simulcast.internal.codec;

import dev.weir.simulcast.VideoHeader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One key frame as often as wanted, without encoding it anew.
 *
 * <p>Two IDR pictures that follow each other must differ in idr_pic_id (ISO/IEC 14496-10 §7.4.3), so copies take turns
 * with two of them. The field is an Exp-Golomb code in mid-slice-header: it is replaced by one that is exactly a byte
 * longer, so that the bits after it, and the alignment of CABAC data among them, stay as they are.
 */
public final class IdrRepeat {

    private static final int SLICE_IDR = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;
    /** idr_pic_id ends at 65535, so its code at 31 bits. */
    private static final int MAX_CODE_BITS = 31;

    private static final int FIRST_VARIANT = 9;

    private final byte[][] variants;

    private IdrRepeat(byte[]... variants) {
        this.variants = variants;
    }

    /** Empty when the frame is no IDR picture or cannot be read. */
    public static Optional<IdrRepeat> of(VideoHeader header, byte[] payload) {
        try {
            List<byte[]> nals = split(payload, header.nalLengthSize());
            if (nals.stream().noneMatch(nal -> type(nal) == SLICE_IDR)) {
                return Optional.empty();
            }
            AvcSps sps = AvcSps.parse(nals.stream()
                    .filter(nal -> type(nal) == SPS)
                    .findFirst()
                    .orElseGet(() -> CodecHeaders.firstSps(header.avcConfig())));
            return Optional.of(new IdrRepeat(
                    variant(nals, sps, header.nalLengthSize(), FIRST_VARIANT),
                    variant(nals, sps, header.nalLengthSize(), FIRST_VARIANT + 1)));
        } catch (MalformedMediaException e) {
            return Optional.empty();
        }
    }

    /** The payload of the n-th copy, n from 0. */
    public byte[] copy(long n) {
        return variants[(int) (n % variants.length)];
    }

    private static byte[] variant(List<byte[]> nals, AvcSps sps, int lengthSize, int variant) {
        var out = new ByteArrayOutputStream();
        for (byte[] nal : nals) {
            switch (type(nal)) {
                case SLICE_IDR -> write(out, withId(nal, sps, variant), lengthSize);
                case SPS, PPS -> write(out, nal, lengthSize);
                default -> {
                    // Supplements such as time stamps belong to the moment of the first showing.
                }
            }
        }
        return out.toByteArray();
    }

    private static byte[] withId(byte[] nal, AvcSps sps, int variant) {
        byte[] raw = Rbsp.unescape(nal);
        var in = new BitReader(raw);
        in.bits(8);
        in.ue();
        in.ue();
        in.ue();
        in.bits((sps.separatePlanes() ? 2 : 0) + sps.frameNumBits());
        if (!sps.framesOnly() && in.flag()) {
            in.flag();
        }
        int from = in.position();
        in.ue();
        return Rbsp.escape(replaced(raw, from, in.position(), variant));
    }

    private static byte[] replaced(byte[] raw, int from, int to, int variant) {
        int longer = to - from + 8 <= MAX_CODE_BITS ? 1 : 0;
        byte[] out = new byte[raw.length + longer];
        System.arraycopy(raw, to / 8, out, to / 8 + longer, raw.length - to / 8);
        for (int bit = 0; bit < from; bit++) {
            set(out, bit, (raw[bit / 8] >> (7 - bit % 8)) & 1);
        }
        int codeBits = to - from + 8 * longer;
        int zeros = (codeBits - 1) / 2;
        int code = (1 << zeros) | (variant & ((1 << zeros) - 1));
        for (int i = 0; i < codeBits; i++) {
            set(out, from + i, (code >> (codeBits - 1 - i)) & 1);
        }
        return out;
    }

    private static void set(byte[] out, int bit, int value) {
        int mask = 0x80 >> (bit % 8);
        out[bit / 8] = (byte) (value == 1 ? out[bit / 8] | mask : out[bit / 8] & ~mask);
    }

    private static List<byte[]> split(byte[] payload, int lengthSize) {
        List<byte[]> nals = new ArrayList<>();
        int at = 0;
        while (at < payload.length) {
            int length = 0;
            for (int i = 0; i < lengthSize; i++) {
                length = at < payload.length ? (length << 8) | (payload[at++] & 0xFF) : -1;
            }
            if (length < 1 || length > payload.length - at) {
                throw new MalformedMediaException(
                        "NAL unit: %d bytes of %d (expected: that many)".formatted(length, payload.length - at));
            }
            nals.add(Arrays.copyOfRange(payload, at, at + length));
            at += length;
        }
        return nals;
    }

    private static void write(ByteArrayOutputStream out, byte[] nal, int lengthSize) {
        for (int i = lengthSize - 1; i >= 0; i--) {
            out.write(nal.length >>> (8 * i));
        }
        out.writeBytes(nal);
    }

    private static int type(byte[] nal) {
        return nal[0] & 31;
    }
}
