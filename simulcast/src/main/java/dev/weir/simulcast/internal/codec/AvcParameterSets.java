package dev.weir.simulcast.internal.codec;

import dev.weir.simulcast.VideoHeader;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameter sets that a publisher sends among its pictures, as one AVCDecoderConfigurationRecord (ISO/IEC 14496-15
 * §5.3.3.1) with four-byte lengths. Not thread-safe.
 */
public final class AvcParameterSets {

    /** Enough for every encoder known; the standard allows 32 and 256. */
    private static final int MAX_SETS = 16;

    private static final int MAX_SET_BYTES = 4096;

    private final NavigableMap<Integer, byte[]> sequence = new TreeMap<>();
    private final NavigableMap<Integer, byte[]> picture = new TreeMap<>();
    private @Nullable VideoHeader header;

    /**
     * Takes the sets that came with one picture. Both kinds together replace all that was known, as an encoder that
     * changes its settings may change the numbers of its sets as well; otherwise each replaces the one of its number.
     *
     * @throws MalformedMediaException when a set cannot be read; what was known stays
     */
    public void update(List<byte[]> sps, List<byte[]> pps) {
        NavigableMap<Integer, byte[]> newSequence = numbered(sps, 4);
        NavigableMap<Integer, byte[]> newPicture = numbered(pps, 1);
        if (newSequence.isEmpty() || newPicture.isEmpty()) {
            sequence.forEach(newSequence::putIfAbsent);
            picture.forEach(newPicture::putIfAbsent);
        }
        if (newSequence.size() > MAX_SETS || newPicture.size() > MAX_SETS) {
            throw new MalformedMediaException("parameter sets: %d and %d (expected: 1..%d each)"
                    .formatted(newSequence.size(), newPicture.size(), MAX_SETS));
        }
        if (newSequence.isEmpty() || newPicture.isEmpty()) {
            keep(newSequence, newPicture);
            return;
        }
        byte[] record = record(newSequence.values(), newPicture.values());
        if (header == null || !Arrays.equals(header.avcConfig(), record)) {
            header = CodecHeaders.avc(record);
            keep(newSequence, newPicture);
        }
    }

    private void keep(NavigableMap<Integer, byte[]> newSequence, NavigableMap<Integer, byte[]> newPicture) {
        sequence.clear();
        sequence.putAll(newSequence);
        picture.clear();
        picture.putAll(newPicture);
    }

    /** The header now; null until both kinds of sets have come. The same object until something changes. */
    public @Nullable VideoHeader header() {
        return header;
    }

    private static NavigableMap<Integer, byte[]> numbered(List<byte[]> sets, int idAt) {
        NavigableMap<Integer, byte[]> numbered = new TreeMap<>();
        for (byte[] set : sets) {
            if (set.length <= idAt || set.length > MAX_SET_BYTES) {
                throw new MalformedMediaException(
                        "parameter set: %d bytes (expected: %d..%d)".formatted(set.length, idAt + 1, MAX_SET_BYTES));
            }
            numbered.put(new BitReader(Arrays.copyOfRange(set, idAt, set.length)).ue(), set);
        }
        return numbered;
    }

    private static byte[] record(Collection<byte[]> sps, Collection<byte[]> pps) {
        byte[] first = sps.iterator().next();
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {1, first[1], first[2], first[3], (byte) 0xFF, (byte) (0xE0 | sps.size())});
        sps.forEach(set -> write(out, set));
        out.write(pps.size());
        pps.forEach(set -> write(out, set));
        if (hasChroma(first[1] & 0xFF)) {
            writeChroma(out, first);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] set) {
        out.write(set.length >> 8);
        out.write(set.length);
        out.writeBytes(set);
    }

    private static boolean hasChroma(int profile) {
        return profile == 100 || profile == 110 || profile == 122 || profile == 144;
    }

    private static void writeChroma(ByteArrayOutputStream out, byte[] sps) {
        var in = new BitReader(Arrays.copyOfRange(sps, 4, sps.length));
        in.ue();
        int chroma = in.ue();
        if (chroma == 3) {
            in.flag();
        }
        int luma = in.ue();
        out.writeBytes(
                new byte[] {(byte) (0xFC | (chroma & 3)), (byte) (0xF8 | (luma & 7)), (byte) (0xF8 | (in.ue() & 7)), 0
                });
    }
}
