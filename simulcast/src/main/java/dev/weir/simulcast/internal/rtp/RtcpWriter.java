package dev.weir.simulcast.internal.rtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Writes one compound packet (RFC 3550 §6.1). For one compound; not thread-safe. */
public final class RtcpWriter {

    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final int MAX_BLOCKS = 31;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    /** Adds a sender report. */
    public RtcpWriter senderReport(Rtcp.SenderReport report) {
        ByteBuffer packet =
                begin(200, report.blocks().size(), 24 + 24 * report.blocks().size());
        packet.putInt(report.ssrc()).putLong(report.ntp()).putInt((int) report.timestamp());
        packet.putInt((int) report.packets()).putInt((int) report.octets());
        return blocks(packet, report.blocks());
    }

    /** Adds a receiver report. */
    public RtcpWriter receiverReport(Rtcp.ReceiverReport report) {
        ByteBuffer packet =
                begin(201, report.blocks().size(), 4 + 24 * report.blocks().size());
        packet.putInt(report.ssrc());
        return blocks(packet, report.blocks());
    }

    private RtcpWriter blocks(ByteBuffer packet, List<Rtcp.Block> blocks) {
        if (blocks.size() > MAX_BLOCKS) {
            throw new IllegalArgumentException(
                    "report blocks: %d (expected: at most %d)".formatted(blocks.size(), MAX_BLOCKS));
        }
        for (Rtcp.Block block : blocks) {
            packet.putInt(block.ssrc()).putInt(block.fractionLost() << 24 | (block.cumulativeLost() & 0xFFFFFF));
            packet.putInt((int) block.highestSequence()).putInt((int) block.jitter());
            packet.putInt((int) block.lastSenderReport()).putInt((int) block.delaySinceLast());
        }
        return add(packet);
    }

    /** Adds the name that ties the streams of one source together; at most 255 bytes. */
    public RtcpWriter cname(int ssrc, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int length = (4 + 2 + text.length + 1 + 3) / 4 * 4;
        ByteBuffer packet = begin(202, 1, length);
        packet.putInt(ssrc).put((byte) 1).put((byte) text.length).put(text);
        return add(packet);
    }

    /** Adds the end of a stream. */
    public RtcpWriter bye(int ssrc) {
        return add(begin(203, 1, 4).putInt(ssrc));
    }

    /** Asks for packets again: sequence numbers in growing order, modulo 65536. */
    public RtcpWriter nack(int sender, int media, List<Integer> sequences) {
        ByteBuffer entries = ByteBuffer.allocate(4 * sequences.size());
        int i = 0;
        while (i < sequences.size()) {
            int first = sequences.get(i++);
            int mask = 0;
            while (i < sequences.size()) {
                int distance = (sequences.get(i) - first) & 0xFFFF;
                if (distance < 1 || distance > 16) {
                    break;
                }
                mask |= 1 << (distance - 1);
                i++;
            }
            entries.putShort((short) first).putShort((short) mask);
        }
        ByteBuffer packet = begin(205, 1, 8 + entries.position());
        packet.putInt(sender).putInt(media).put(entries.flip());
        return add(packet);
    }

    /** Asks for a key frame. */
    public RtcpWriter pli(int sender, int media) {
        return add(begin(206, 1, 8).putInt(sender).putInt(media));
    }

    /** Tells a sender what its path may carry. */
    public RtcpWriter remb(int sender, long bitsPerSecond, List<Integer> ssrcs) {
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitsPerSecond) - 18);
        ByteBuffer packet = begin(206, 15, 16 + 4 * ssrcs.size());
        packet.putInt(sender).putInt(0).putInt(0x52454D42);
        packet.putInt(ssrcs.size() << 24 | exponent << 18 | (int) (bitsPerSecond >> exponent));
        ssrcs.forEach(packet::putInt);
        return add(packet);
    }

    private static ByteBuffer begin(int type, int count, int bodyBytes) {
        ByteBuffer packet = ByteBuffer.allocate(4 + bodyBytes);
        return packet.put((byte) (0x80 | count)).put((byte) type).putShort((short) (bodyBytes / 4));
    }

    private RtcpWriter add(ByteBuffer packet) {
        byte[] bytes = new byte[packet.capacity()];
        packet.rewind().get(bytes);
        out.writeBytes(bytes);
        return this;
    }

    /** The compound. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    /** The instant as NTP writes it: 32.32 seconds since 1900. */
    public static long ntp(Instant instant) {
        long fraction = ((long) instant.getNano() << 32) / 1_000_000_000L;
        return (instant.getEpochSecond() + SECONDS_1900_TO_1970) << 32 | fraction;
    }
}
