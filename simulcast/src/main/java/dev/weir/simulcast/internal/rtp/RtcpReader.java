package dev.weir.simulcast.internal.rtp;

import static dev.weir.simulcast.internal.rtp.RtpPacket.i32;
import static dev.weir.simulcast.internal.rtp.RtpPacket.u16;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the packets of a compound one by one; what is malformed or unknown is left out, and the rest still read. */
public final class RtcpReader {

    private static final int MAX_PACKETS = 32;
    private static final int MAX_SEQUENCES = 1024;
    private static final long U32 = 0xFFFFFFFFL;

    private RtcpReader() {}

    /** The packets in a compound (RFC 3550 §6.1), at most 32. */
    public static List<Rtcp> parse(byte[] compound) {
        List<Rtcp> packets = new ArrayList<>();
        int at = 0;
        while (at + 4 <= compound.length && packets.size() < MAX_PACKETS) {
            int end = at + 4 + 4 * u16(compound, at + 2);
            if ((compound[at] & 0xC0) != 0x80 || end > compound.length) {
                break;
            }
            one(compound, at, end).ifPresent(packets::add);
            at = end;
        }
        return packets;
    }

    private static Optional<Rtcp> one(byte[] bytes, int at, int end) {
        int count = bytes[at] & 31;
        int body = at + 4;
        return switch (bytes[at + 1] & 0xFF) {
            case 200 -> senderReport(bytes, body, end, count);
            case 201 ->
                end - body < 4
                        ? Optional.empty()
                        : Optional.of(new Rtcp.ReceiverReport(i32(bytes, body), blocks(bytes, body + 4, end, count)));
            case 203 -> Optional.of(bye(bytes, body, end, count));
            case 205 -> count == 1 && end - body >= 8 ? Optional.of(nack(bytes, body, end)) : Optional.empty();
            case 206 -> end - body >= 8 ? payloadFeedback(bytes, body, end, count) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Rtcp> senderReport(byte[] bytes, int body, int end, int count) {
        if (end - body < 24) {
            return Optional.empty();
        }
        long ntp = ((i32(bytes, body + 4) & U32) << 32) | (i32(bytes, body + 8) & U32);
        return Optional.of(new Rtcp.SenderReport(
                i32(bytes, body),
                ntp,
                i32(bytes, body + 12) & U32,
                i32(bytes, body + 16) & U32,
                i32(bytes, body + 20) & U32,
                blocks(bytes, body + 24, end, count)));
    }

    private static List<Rtcp.Block> blocks(byte[] bytes, int from, int end, int count) {
        List<Rtcp.Block> blocks = new ArrayList<>();
        for (int at = from; at + 24 <= end && blocks.size() < count; at += 24) {
            int lost = i32(bytes, at + 4);
            blocks.add(new Rtcp.Block(
                    i32(bytes, at),
                    lost >>> 24,
                    lost << 8 >> 8,
                    i32(bytes, at + 8) & U32,
                    i32(bytes, at + 12) & U32,
                    i32(bytes, at + 16) & U32,
                    i32(bytes, at + 20) & U32));
        }
        return List.copyOf(blocks);
    }

    private static Rtcp bye(byte[] bytes, int body, int end, int count) {
        List<Integer> ssrcs = new ArrayList<>();
        for (int at = body; at + 4 <= end && ssrcs.size() < count; at += 4) {
            ssrcs.add(i32(bytes, at));
        }
        return new Rtcp.Bye(List.copyOf(ssrcs));
    }

    /** Each entry names one packet, and by a mask any of the 16 that follow it. */
    private static Rtcp nack(byte[] bytes, int body, int end) {
        List<Integer> sequences = new ArrayList<>();
        for (int at = body + 8; at + 4 <= end; at += 4) {
            int first = u16(bytes, at);
            int mask = (u16(bytes, at + 2) << 1) | 1;
            for (int bit = 0; bit <= 16 && sequences.size() < MAX_SEQUENCES; bit++) {
                if ((mask >> bit & 1) == 1) {
                    sequences.add((first + bit) & 0xFFFF);
                }
            }
        }
        return new Rtcp.Nack(i32(bytes, body), i32(bytes, body + 4), List.copyOf(sequences));
    }

    private static Optional<Rtcp> payloadFeedback(byte[] bytes, int body, int end, int format) {
        int sender = i32(bytes, body);
        return switch (format) {
            case 1 -> Optional.of(new Rtcp.Pli(sender, i32(bytes, body + 4)));
            case 4 -> Optional.of(new Rtcp.Fir(sender, end - body >= 16 ? i32(bytes, body + 8) : i32(bytes, body + 4)));
            case 15 -> remb(bytes, body, end, sender);
            default -> Optional.empty();
        };
    }

    private static Optional<Rtcp> remb(byte[] bytes, int body, int end, int sender) {
        if (end - body < 16 || i32(bytes, body + 8) != 0x52454D42) {
            return Optional.empty();
        }
        int word = i32(bytes, body + 12);
        int exponent = (word >>> 18) & 63;
        long mantissa = word & 0x3FFFF;
        return exponent > 45 ? Optional.empty() : Optional.of(new Rtcp.Remb(sender, mantissa << exponent));
    }
}
