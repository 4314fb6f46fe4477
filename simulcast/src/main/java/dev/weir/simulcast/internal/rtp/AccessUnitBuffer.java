package dev.weir.simulcast.internal.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The NAL units of one picture as they come in, each behind its four-byte length. Parameter sets are put aside;
 * slices and SEI are kept, the rest is left out. Not thread-safe.
 */
final class AccessUnitBuffer {

    static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MAX_NALS = 1024;
    private static final int LENGTH_BYTES = 4;

    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;

    private final List<byte[]> sps = new ArrayList<>();
    private final List<byte[]> pps = new ArrayList<>();
    private byte[] bytes = new byte[64 * 1024];
    private int size;
    private int nals;
    private int openAt = -1;
    private boolean key;
    private boolean slices;

    /** Begins a NAL unit; one that was not ended is forgotten. */
    void begin() {
        if (openAt >= 0) {
            size = openAt;
        }
        openAt = size;
        size += LENGTH_BYTES;
    }

    boolean isOpen() {
        return openAt >= 0;
    }

    /** Adds to the NAL unit that is open; false when the picture would become too large. */
    boolean append(byte[] from, int offset, int length) {
        if (size + length > MAX_BYTES) {
            return false;
        }
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(size + length, bytes.length * 2)));
        }
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
        return true;
    }

    /** Ends the NAL unit that is open; false when there are too many or it is empty. */
    boolean end() {
        int start = openAt + LENGTH_BYTES;
        int length = size - start;
        if (length <= 0 || ++nals > MAX_NALS) {
            return false;
        }
        switch (bytes[start] & 31) {
            case SPS -> setAside(sps, start);
            case PPS -> setAside(pps, start);
            case 1, 2, 3, 4, IDR, 6 -> keep(start, length);
            default -> size = openAt;
        }
        openAt = -1;
        return true;
    }

    private void setAside(List<byte[]> sets, int start) {
        sets.add(Arrays.copyOfRange(bytes, start, size));
        size = openAt;
    }

    private void keep(int start, int length) {
        int type = bytes[start] & 31;
        slices |= type >= 1 && type <= IDR;
        key |= type == IDR;
        for (int i = 0; i < LENGTH_BYTES; i++) {
            bytes[openAt + i] = (byte) (length >>> (24 - 8 * i));
        }
    }

    List<byte[]> sps() {
        return List.copyOf(sps);
    }

    List<byte[]> pps() {
        return List.copyOf(pps);
    }

    /** True when a picture is in it, not only what surrounds one. */
    boolean hasSlices() {
        return slices;
    }

    boolean isKey() {
        return key;
    }

    byte[] payload() {
        return Arrays.copyOf(bytes, openAt < 0 ? size : openAt);
    }

    void clear() {
        sps.clear();
        pps.clear();
        size = 0;
        nals = 0;
        openAt = -1;
        key = false;
        slices = false;
    }
}
