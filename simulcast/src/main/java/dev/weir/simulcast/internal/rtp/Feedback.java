package dev.weir.simulcast.internal.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a receiver tells a publisher by RTCP; each method makes a whole packet (RFC 3550, 4585, 5506; REMB draft 03). */
public final class Feedback {

    private static final int RECEIVER_REPORT = 201;
    private static final int DESCRIPTION = 202;
    private static final int TRANSPORT = 205;
    private static final int PAYLOAD = 206;

    /** So that a packet stays below 600 bytes. */
    private static final int MAX_PAIRS = 128;

    private static final int MAX_MANTISSA = 0x3FFFF;

    private Feedback() {}

    /** A receiver report with at most 31 blocks, and the name that a compound packet must carry. */
    public static byte[] receiverReport(int sender, List<Reception.Block> blocks, String name) {
        byte[] cname = name.getBytes(StandardCharsets.US_ASCII);
        int described = (8 + 2 + cname.length + 4) & ~3;
        var out = ByteBuffer.allocate(8 + 24 * blocks.size() + described);
        head(out, blocks.size(), RECEIVER_REPORT, 8 + 24 * blocks.size()).putInt(sender);
        for (Reception.Block block : blocks) {
            out.putInt(block.ssrc());
            out.putInt((block.fractionLost() << 24) | (block.cumulativeLost() & 0xFFFFFF));
            out.putInt(block.highest()).putInt(block.jitter());
            out.putInt(block.lastReport()).putInt(block.delay());
        }
        head(out, 1, DESCRIPTION, described).putInt(sender);
        out.put((byte) 1).put((byte) cname.length).put(cname);
        return out.array();
    }

    /** Asks for a key frame. */
    public static byte[] pictureLoss(int sender, int media) {
        var out = ByteBuffer.allocate(12);
        return head(out, 1, PAYLOAD, 12).putInt(sender).putInt(media).array();
    }

    /** Asks for packets again; sequence numbers in order. As many packets as they need, mostly one. */
    public static List<byte[]> nack(int sender, int media, List<Integer> missing) {
        List<Integer> pairs = new ArrayList<>();
        for (int i = 0; i < missing.size(); ) {
            int first = missing.get(i++);
            int mask = 0;
            while (i < missing.size() && ((missing.get(i) - first) & 0xFFFF) <= 16) {
                mask |= 1 << (((missing.get(i++) - first) & 0xFFFF) - 1);
            }
            pairs.add((first << 16) | mask);
        }
        List<byte[]> packets = new ArrayList<>();
        for (int from = 0; from < pairs.size(); from += MAX_PAIRS) {
            List<Integer> part = pairs.subList(from, Math.min(pairs.size(), from + MAX_PAIRS));
            int bytes = 12 + 4 * part.size();
            var out = head(ByteBuffer.allocate(bytes), 1, TRANSPORT, bytes);
            out.putInt(sender).putInt(media);
            part.forEach(out::putInt);
            packets.add(out.array());
        }
        return packets;
    }

    /** Says how much may be sent in all, in bits a second (draft-alvestrand-rmcat-remb-03). */
    public static byte[] maximumBitrate(int sender, long bitsPerSecond, List<Integer> sources) {
        int exponent = 0;
        long mantissa = Math.max(0, bitsPerSecond);
        while (mantissa > MAX_MANTISSA) {
            mantissa >>= 1;
            exponent++;
        }
        int bytes = 20 + 4 * sources.size();
        var out = head(ByteBuffer.allocate(bytes), 15, PAYLOAD, bytes);
        out.putInt(sender).putInt(0).put("REMB".getBytes(StandardCharsets.US_ASCII));
        out.putInt((sources.size() << 24) | (exponent << 18) | (int) mantissa);
        sources.forEach(out::putInt);
        return out.array();
    }

    private static ByteBuffer head(ByteBuffer out, int count, int type, int bytes) {
        return out.put((byte) (0x80 | count)).put((byte) type).putShort((short) (bytes / 4 - 1));
    }
}
