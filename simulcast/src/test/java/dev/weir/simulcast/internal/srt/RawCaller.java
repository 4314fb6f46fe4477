package dev.weir.simulcast.internal.srt;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An SRT caller that gets as far as the handshake, and may lie in it. */
final class RawCaller implements AutoCloseable {

    private static final int MILLIS = 3000;
    private static final int SOCKET_ID = 0x1234_5678;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final InetSocketAddress to;

    RawCaller(int port) throws IOException {
        to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(MILLIS);
    }

    /** A handshake packet; extension 5 is left out when there is no streamid. */
    static byte[] packet(int version, int type, int cookie, @Nullable String streamId) {
        byte[] text = streamId == null ? new byte[0] : streamId.getBytes(StandardCharsets.UTF_8);
        int words = (text.length + 3) / 4;
        ByteBuffer packet = ByteBuffer.allocate(64 + (streamId == null ? 0 : 4 + 4 * words));
        packet.putInt(0x8000_0000).putInt(0).putInt(7).putInt(0);
        packet.putInt(version).putShort((short) 0).putShort((short) (type == 1 ? 2 : 4));
        packet.putInt(99)
                .putInt(1500)
                .putInt(8192)
                .putInt(type)
                .putInt(SOCKET_ID)
                .putInt(cookie);
        packet.position(64);
        if (streamId != null) {
            packet.putShort((short) 5).putShort((short) words);
            ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(text, 4 * words));
            while (padded.hasRemaining()) {
                packet.putInt(Integer.reverseBytes(padded.getInt()));
            }
        }
        return packet.array();
    }

    void send(byte[] packet) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, to));
    }

    /** The answer's type; null when none came within a moment. */
    @Nullable
    ByteBuffer answer(int millis) throws IOException {
        socket.setSoTimeout(millis);
        var packet = new DatagramPacket(new byte[2048], 2048);
        try {
            socket.receive(packet);
            return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    /** The cookie that the listener gives. */
    int greet() throws IOException {
        send(packet(4, Handshake.INDUCTION, 0, null));
        ByteBuffer answer = answer(MILLIS);
        if (answer == null || answer.getInt(36) != Handshake.INDUCTION || answer.getInt(12) != SOCKET_ID) {
            throw new IOException("no answer to the induction");
        }
        return answer.getInt(44);
    }

    /** The handshake type that the listener answers to a conclusion with that streamid; above 1000 it is a refusal. */
    int conclude(int version, @Nullable String streamId) throws IOException {
        send(packet(version, Handshake.CONCLUSION, greet(), streamId));
        ByteBuffer answer = answer(MILLIS);
        if (answer == null) {
            throw new IOException("no answer to the conclusion");
        }
        return answer.getInt(36);
    }

    @Override
    public void close() {
        socket.close();
    }
}
