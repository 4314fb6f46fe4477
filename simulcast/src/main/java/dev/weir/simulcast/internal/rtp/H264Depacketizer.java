package dev.weir.simulcast.internal.rtp;

import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.codec.AvcParameterSets;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts pictures together from RTP packets in packetization mode 1: single NAL units, STAP-A and FU-A (RFC 6184 §5). The
 * packets must come in order and without holes, or with {@link #gap} where one is. What cannot be read spoils the
 * picture it belongs to and no other. Not thread-safe.
 */
public final class H264Depacketizer {

    private static final int SEI = 6;
    private static final int DELIMITER = 9;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    /** What became of one picture. */
    public sealed interface Picture {}

    /**
     * All of it is here.
     *
     * @param timestamp RTP time, 32 bits
     * @param header how it is to be decoded; the same object until the publisher changes something
     * @param payload NAL units behind four-byte lengths
     */
    public record Complete(int timestamp, boolean key, VideoHeader header, byte[] payload) implements Picture {}

    /** It cannot be used; pictures that refer to it are spoilt as well. */
    public record Broken(String reason) implements Picture {}

    private final AccessUnitBuffer unit = new AccessUnitBuffer();
    private final AvcParameterSets sets = new AvcParameterSets();
    private int timestamp;
    private boolean open;
    private boolean afterGap = true;
    private @Nullable String fault;

    /** Takes the next packet, and says which pictures end with it: none, one or two. */
    public List<Picture> accept(ReceivedRtp packet) {
        if (packet.payload().length == 0) {
            return List.of();
        }
        List<Picture> ended = new ArrayList<>(1);
        if (open && packet.timestamp() != timestamp) {
            end(ended);
        }
        if (!open) {
            open = true;
            timestamp = packet.timestamp();
            if (afterGap && !beginsPicture(packet.payload())) {
                fault = "picture: its beginning is missing";
            }
            afterGap = false;
        }
        if (fault == null) {
            add(packet.payload());
        }
        if (packet.marker()) {
            end(ended);
        }
        return ended;
    }

    /** Packets are missing before the next one. */
    public List<Picture> gap() {
        afterGap = true;
        if (!open) {
            return List.of();
        }
        fault = "picture: packets are missing";
        List<Picture> ended = new ArrayList<>(1);
        end(ended);
        return ended;
    }

    private void end(List<Picture> ended) {
        if (unit.isOpen() && fault == null) {
            fault = "FU-A: the picture ends within a fragmented NAL unit";
        }
        Picture picture = fault == null ? complete() : new Broken(fault);
        if (picture != null) {
            ended.add(picture);
        }
        unit.clear();
        open = false;
        fault = null;
    }

    private @Nullable Picture complete() {
        try {
            sets.update(unit.sps(), unit.pps());
        } catch (MalformedMediaException e) {
            return new Broken(String.valueOf(e.getMessage()));
        }
        if (!unit.hasSlices()) {
            return null;
        }
        VideoHeader header = sets.header();
        return header == null
                ? new Broken("parameter sets: none yet (expected: SPS and PPS before the first picture)")
                : new Complete(timestamp, unit.isKey(), header, unit.payload());
    }

    private static boolean beginsPicture(byte[] payload) {
        return switch (payload[0] & 31) {
            case STAP_A -> payload.length > 4 && beginsPicture(payload[3] & 31, payload[4]);
            case FU_A -> payload.length > 2 && (payload[1] & 0x80) != 0 && beginsPicture(payload[1] & 31, payload[2]);
            default -> payload.length > 1 && beginsPicture(payload[0] & 31, payload[1]);
        };
    }

    /** SEI, parameter sets and delimiters come before a picture; its first slice begins with macroblock 0. */
    private static boolean beginsPicture(int type, byte second) {
        return (type >= SEI && type <= DELIMITER) || ((type == 1 || type == 5) && second < 0);
    }

    private void add(byte[] payload) {
        int type = payload[0] & 31;
        if (type == FU_A) {
            fragment(payload);
        } else if (unit.isOpen()) {
            fault = "FU-A: not ended before NAL type %d".formatted(type);
        } else if (type == STAP_A) {
            aggregate(payload);
        } else if (type >= 1 && type < STAP_A) {
            nal(payload, 0, payload.length);
        } else {
            fault = "NAL type: %d (expected: 1..24 or 28)".formatted(type);
        }
    }

    private void aggregate(byte[] payload) {
        int at = 1;
        while (at < payload.length && fault == null) {
            int length = at + 2 > payload.length ? -1 : ((payload[at] & 0xFF) << 8) | (payload[at + 1] & 0xFF);
            if (length < 1 || at + 2 + length > payload.length) {
                fault = "STAP-A: NAL unit of %d bytes at %d of %d".formatted(length, at, payload.length);
                return;
            }
            nal(payload, at + 2, length);
            at += 2 + length;
        }
    }

    private void nal(byte[] from, int offset, int length) {
        unit.begin();
        if (!unit.append(from, offset, length) || !unit.end()) {
            fault = tooLarge();
        }
    }

    private void fragment(byte[] payload) {
        if (payload.length < 3) {
            fault = "FU-A: %d bytes (expected: 3 or more)".formatted(payload.length);
            return;
        }
        boolean start = (payload[1] & 0x80) != 0;
        if (start == unit.isOpen()) {
            fault = start ? "FU-A: begins before the one before has ended" : "FU-A: goes on without a beginning";
            return;
        }
        if (start) {
            unit.begin();
            byte[] header = {(byte) ((payload[0] & 0xE0) | (payload[1] & 31))};
            fault = unit.append(header, 0, 1) ? null : tooLarge();
        }
        // A fragment that begins and ends its NAL unit is against §5.8, but encoders send it and its meaning is clear.
        boolean end = (payload[1] & 0x40) != 0;
        if (!unit.append(payload, 2, payload.length - 2) || (end && !unit.end())) {
            fault = tooLarge();
        }
    }

    private static String tooLarge() {
        return "picture: too large (expected: at most %d bytes and 1024 NAL units)"
                .formatted(AccessUnitBuffer.MAX_BYTES);
    }
}
