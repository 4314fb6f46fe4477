package dev.weir.simulcast.internal.rtp;

import dev.weir.simulcast.VideoHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How does a picture travel in packets (RFC 6184)? Parameter sets in one aggregate before each key frame, small NAL
 * units alone, big ones in fragments of equal size. Delimiters, filler and SEI stay behind: players do without, and
 * some stumble over SEI between slices. Not thread-safe.
 */
public final class H264Packetizer {

    /** Payload bytes that fit the common path MTU together with every header around them. */
    public static final int MAX_PAYLOAD = 1188;

    private static final int SLICE = 1;
    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int FRAGMENT = MAX_PAYLOAD - 2;
    private static final int MAX_NALS = 1024;

    private record Nal(byte[] source, int offset, int length) {
        int type() {
            return source[offset] & 31;
        }
    }

    private @Nullable VideoHeader known;
    private AvcSets sets = AvcSets.NONE;

    /**
     * Packets of one access unit.
     *
     * @param unit length-prefixed NAL units
     * @param key true when parameter sets must go first
     * @return in order of sending; empty when the unit holds no picture or is malformed
     */
    public List<RtpPayload> packetize(byte[] unit, boolean key, VideoHeader header) {
        List<Nal> nals = nals(unit, header.nalLengthSize());
        List<Nal> slices = nals.stream()
                .filter(nal -> nal.type() >= SLICE && nal.type() <= IDR)
                .toList();
        if (slices.isEmpty()) {
            return List.of();
        }
        List<byte[]> out = new ArrayList<>();
        if (key) {
            parameterSets(nals, header, out);
        }
        slices.forEach(slice -> packets(slice, out));
        List<RtpPayload> payloads = new ArrayList<>(out.size());
        for (int i = 0; i < out.size(); i++) {
            payloads.add(new RtpPayload(out.get(i), i == out.size() - 1));
        }
        return payloads;
    }

    private static List<Nal> nals(byte[] unit, int lengthSize) {
        List<Nal> nals = new ArrayList<>();
        int at = 0;
        while (at + lengthSize < unit.length) {
            int length = 0;
            for (int i = 0; i < lengthSize; i++) {
                length = length << 8 | (unit[at + i] & 0xFF);
            }
            at += lengthSize;
            if (length < 0 || length > unit.length - at || nals.size() == MAX_NALS) {
                return List.of();
            }
            if (length > 0) {
                nals.add(new Nal(unit, at, length));
            }
            at += length;
        }
        return nals;
    }

    /** Sets inside the unit are newer than those of the header, and take their place. */
    private void parameterSets(List<Nal> nals, VideoHeader header, List<byte[]> out) {
        List<Nal> inside = nals.stream()
                .filter(nal -> nal.type() == SPS || nal.type() == PPS)
                .toList();
        if (inside.isEmpty()) {
            if (!header.equals(known)) {
                known = header;
                sets = AvcSets.parse(header.avcConfig());
            }
            inside =
                    sets.sets().stream().map(set -> new Nal(set, 0, set.length)).toList();
        }
        int size = 1 + inside.stream().mapToInt(nal -> 2 + nal.length()).sum();
        if (inside.size() > 1 && size <= MAX_PAYLOAD) {
            out.add(aggregate(inside, size));
        } else {
            inside.forEach(nal -> packets(nal, out));
        }
    }

    private static byte[] aggregate(List<Nal> nals, int size) {
        byte[] payload = new byte[size];
        int importance = 0;
        int at = 1;
        for (Nal nal : nals) {
            importance = Math.max(importance, nal.source()[nal.offset()] & 0x60);
            payload[at] = (byte) (nal.length() >> 8);
            payload[at + 1] = (byte) nal.length();
            System.arraycopy(nal.source(), nal.offset(), payload, at + 2, nal.length());
            at += 2 + nal.length();
        }
        payload[0] = (byte) (importance | STAP_A);
        return payload;
    }

    private static void packets(Nal nal, List<byte[]> out) {
        if (nal.length() <= MAX_PAYLOAD) {
            byte[] payload = new byte[nal.length()];
            System.arraycopy(nal.source(), nal.offset(), payload, 0, nal.length());
            out.add(payload);
            return;
        }
        int header = nal.source()[nal.offset()];
        int end = nal.offset() + nal.length();
        int at = nal.offset() + 1;
        boolean first = true;
        while (at < end) {
            int count = Math.min(FRAGMENT, end - at);
            byte[] payload = new byte[2 + count];
            payload[0] = (byte) ((header & 0x60) | FU_A);
            payload[1] = (byte) ((header & 31) | (first ? 0x80 : 0) | (at + count == end ? 0x40 : 0));
            System.arraycopy(nal.source(), at, payload, 2, count);
            out.add(payload);
            at += count;
            first = false;
        }
    }
}
