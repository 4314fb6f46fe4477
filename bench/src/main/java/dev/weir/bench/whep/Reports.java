package dev.weir.bench.whep;

import java.util.Collection;
import java.util.List;

/** What does a receiver tell the sender? RTCP of RFC 3550 §6.4.2 and RFC 4585 §6, written into a packet. */
final class Reports {

    private static final int RECEIVER_REPORT = 201;
    private static final int DESCRIPTION = 202;
    private static final int TRANSPORT_FEEDBACK = 205;
    private static final int PAYLOAD_FEEDBACK = 206;
    private static final int HEADER = 8;
    private static final int BLOCK = 24;

    private Reports() {}

    /** The last sender report of an SSRC; {@code middle} are the middle 32 bits of its NTP time. */
    record SenderReport(int middle, long nanos) {}

    /** What one block says. */
    record Block(Reception reception, SenderReport sender) {}

    /** A receiver report over those, with the name of the receiver. */
    static void receiver(Packet out, int own, Collection<Block> blocks, long now) {
        int at = header(out, 0, blocks.size(), RECEIVER_REPORT, HEADER + BLOCK * blocks.size(), own);
        for (Block block : blocks) {
            int[] figures = block.reception().report();
            out.put32(at, block.reception().ssrc);
            out.put32(at + 4, figures[0]);
            out.put32(at + 8, figures[1]);
            out.put32(at + 12, figures[2]);
            out.put32(at + 16, block.sender().middle());
            long delay =
                    block.sender().middle() == 0 ? 0 : (now - block.sender().nanos()) * 65_536 / 1_000_000_000L;
            out.put32(at + 20, (int) delay);
            at += BLOCK;
        }
        at = header(out, at, 1, DESCRIPTION, HEADER + 4, own);
        out.put32(at, 0x0101_7600);
        out.setLength(at + 4);
    }

    /** Asks again for those sequence numbers, RFC 4585 §6.2.1; at most 64. */
    static void negative(Packet out, int own, int ssrc, List<Integer> sequences) {
        List<Integer> sorted = sequences.stream().sorted().toList();
        int at = header(out, 0, 1, TRANSPORT_FEEDBACK, 0, own);
        out.put32(at, ssrc);
        at += 4;
        for (int i = 0; i < sorted.size(); ) {
            int first = sorted.get(i++);
            int mask = 0;
            while (i < sorted.size() && sorted.get(i) - first <= 16) {
                mask |= 1 << (sorted.get(i++) - first - 1);
            }
            out.put16(at, first);
            out.put16(at + 2, mask);
            at += 4;
        }
        out.put16(2, at / 4 - 1);
        out.setLength(at);
    }

    /** Asks for a key frame, RFC 4585 §6.3.1. */
    static void pictureLoss(Packet out, int own, int ssrc) {
        int at = header(out, 0, 1, PAYLOAD_FEEDBACK, HEADER + 4, own);
        out.put32(at, ssrc);
        out.setLength(at + 4);
    }

    private static int header(Packet out, int at, int count, int type, int bytes, int ssrc) {
        out.getBuffer()[at] = (byte) (0x80 | count);
        out.getBuffer()[at + 1] = (byte) type;
        out.put16(at + 2, bytes / 4 - 1);
        out.put32(at + 4, ssrc);
        return at + HEADER;
    }
}
