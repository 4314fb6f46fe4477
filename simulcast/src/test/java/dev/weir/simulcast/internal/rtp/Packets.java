package dev.weir.simulcast.internal.rtp;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;

/** RTP packets for tests. */
public final class Packets {

    /** A sequence parameter set of 320x180, constrained baseline, as x264 wrote it. */
    public static final byte[] SPS = HexFormat.of().parseHex("6742c00dda05067e7c0440000003004000000f03c50aa8");

    public static final byte[] PPS = HexFormat.of().parseHex("68ce0fc8");
    public static final byte[] IDR = {0x65, (byte) 0x88, 1, 2, 3};
    public static final byte[] DELTA = {0x41, (byte) 0x9A, 4, 5, 6};

    private Packets() {}

    public static ReceivedRtp packet(int sequence, int timestamp, boolean marker, byte[] payload) {
        return new ReceivedRtp(96, marker, sequence & 0xFFFF, timestamp, 7, payload);
    }

    public static byte[] stapA(byte[]... nals) {
        var out = new ByteArrayOutputStream();
        out.write(0x78);
        for (byte[] nal : nals) {
            out.write(nal.length >> 8);
            out.write(nal.length);
            out.writeBytes(nal);
        }
        return out.toByteArray();
    }

    /** The NAL unit in fragments of {@code size} bytes. */
    public static List<byte[]> fuA(byte[] nal, int size) {
        var out = new java.util.ArrayList<byte[]>();
        for (int at = 1; at < nal.length; at += size) {
            int end = Math.min(nal.length, at + size);
            byte[] fragment = new byte[2 + end - at];
            fragment[0] = (byte) ((nal[0] & 0xE0) | 28);
            fragment[1] = (byte) ((at == 1 ? 0x80 : 0) | (end == nal.length ? 0x40 : 0) | (nal[0] & 31));
            System.arraycopy(nal, at, fragment, 2, end - at);
            out.add(fragment);
        }
        return out;
    }

    /** The NAL units behind their four-byte lengths. */
    public static byte[] avcc(byte[]... nals) {
        var out = new ByteArrayOutputStream();
        for (byte[] nal : nals) {
            out.writeBytes(new byte[] {0, 0, (byte) (nal.length >> 8), (byte) nal.length});
            out.writeBytes(nal);
        }
        return out.toByteArray();
    }

    /** The packet on the wire. */
    public static byte[] bytes(int type, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload) {
        return java.nio.ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) ((marker ? 0x80 : 0) | type))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(ssrc)
                .put(payload)
                .array();
    }
}
