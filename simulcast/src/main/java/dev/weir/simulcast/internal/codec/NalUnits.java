package dev.weir.simulcast.internal.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** The NAL units of one H.264 picture, in both ways of joining them (ISO/IEC 14496-15 §5.2, ISO/IEC 14496-10 annex B). */
public final class NalUnits {

    /** A coded slice that nothing can be decoded from alone. */
    public static final int SLICE = 1;

    /** A coded slice of a picture that decoding can start with. */
    public static final int IDR_SLICE = 5;

    /** A sequence parameter set. */
    public static final int SPS = 7;

    /** A picture parameter set. */
    public static final int PPS = 8;

    private static final int LENGTH = 4;
    private static final int SLICE_HEADER_START = 16;

    private NalUnits() {}

    /** The kind of a unit: nal_unit_type. */
    public static int type(byte[] nal) {
        return nal[0] & 31;
    }

    /** Splits an annex B byte stream at its start codes; empty units are left out. */
    public static List<byte[]> ofAnnexB(byte[] stream) {
        List<byte[]> units = new ArrayList<>();
        int start = -1;
        int zeros = 0;
        for (int i = 0; i < stream.length; i++) {
            if (stream[i] == 1 && zeros >= 2) {
                add(units, stream, start, i - zeros);
                start = i + 1;
            }
            zeros = stream[i] == 0 ? zeros + 1 : 0;
        }
        add(units, stream, start, stream.length - zeros);
        return units;
    }

    private static void add(List<byte[]> units, byte[] stream, int start, int end) {
        if (start >= 0 && end > start) {
            units.add(Arrays.copyOfRange(stream, start, end));
        }
    }

    /** Splits length-prefixed units; what does not fit its length is left out. */
    public static List<byte[]> ofLengths(byte[] payload, int lengthSize) {
        List<byte[]> units = new ArrayList<>();
        int at = 0;
        while (at + lengthSize < payload.length) {
            long length = length(payload, at, lengthSize);
            at += lengthSize;
            if (length > payload.length - at) {
                break;
            }
            add(units, payload, at, at + (int) length);
            at += (int) length;
        }
        return units;
    }

    /** Joins the units whose kind is wanted, each after four bytes of its length. */
    public static byte[] withLengths(List<byte[]> units, IntPredicate wanted) {
        List<byte[]> kept =
                units.stream().filter(unit -> wanted.test(type(unit))).toList();
        byte[] joined =
                new byte[kept.stream().mapToInt(unit -> unit.length + LENGTH).sum()];
        int at = 0;
        for (byte[] unit : kept) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                joined[at++] = (byte) (unit.length >> shift);
            }
            System.arraycopy(unit, 0, joined, at, unit.length);
            at += unit.length;
        }
        return joined;
    }

    /** True when a slice of the picture is predicted from both directions: a B-slice (§7.4.3, slice_type). */
    public static boolean hasBSlice(byte[] payload, int lengthSize) {
        int at = 0;
        while (at + lengthSize < payload.length) {
            int start = at + lengthSize;
            long length = length(payload, at, lengthSize);
            if ((payload[start] & 31) == SLICE && sliceType(payload, start) % 5 == 1) {
                return true;
            }
            at = (int) Math.min(payload.length, start + length);
        }
        return false;
    }

    private static long length(byte[] payload, int at, int lengthSize) {
        long length = 0;
        for (int i = 0; i < lengthSize; i++) {
            length = (length << 8) | (payload[at + i] & 0xFF);
        }
        return length;
    }

    /** The slice_type of a slice, 0..9; -1 when it cannot be read. */
    public static int sliceType(byte[] slice) {
        return sliceType(slice, 0);
    }

    private static int sliceType(byte[] bytes, int at) {
        try {
            var in = new BitReader(Arrays.copyOfRange(bytes, at + 1, Math.min(bytes.length, at + SLICE_HEADER_START)));
            in.ue();
            return in.ue();
        } catch (MalformedMediaException _) {
            return -1;
        }
    }
}
