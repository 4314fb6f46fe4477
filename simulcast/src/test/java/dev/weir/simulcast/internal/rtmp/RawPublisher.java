package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.fuzz.Mutator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An encoder that says exactly what a test wants, right or wrong. */
final class RawPublisher implements AutoCloseable {

    private static final int HANDSHAKE = 1536;

    private final Socket socket;
    private final EmbeddedChannel encoder = new EmbeddedChannel(new ChunkEncoder());
    private final EmbeddedChannel decoder = new EmbeddedChannel(new ChunkDecoder());
    private final Deque<List<@Nullable Object>> replies = new ArrayDeque<>();
    private int clock;

    private RawPublisher(Socket socket) {
        this.socket = socket;
    }

    static RawPublisher to(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        var publisher = new RawPublisher(socket);
        byte[] hello = new byte[1 + HANDSHAKE];
        hello[0] = 3;
        publisher.raw(hello);
        byte[] answer = socket.getInputStream().readNBytes(1 + 2 * HANDSHAKE);
        if (answer.length < 1 + 2 * HANDSHAKE) {
            throw new EOFException("no handshake");
        }
        publisher.raw(new byte[HANDSHAKE]);
        return publisher;
    }

    static RawPublisher publishing(int port, String app, String key) throws IOException {
        RawPublisher publisher = to(port);
        publisher.connect(app);
        publisher.reply("_result");
        publisher.command(0, "createStream", 2, null);
        publisher.reply("_result");
        publisher.command(1, "publish", 3, null, key, "live");
        return publisher;
    }

    void connect(String app) throws IOException {
        command(0, "connect", 1, Map.of("app", app, "tcUrl", "rtmp://127.0.0.1/" + app));
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void command(int stream, @Nullable Object... values) throws IOException {
        send(RtmpMessage.command(stream, Amf0.write(values)));
    }

    void send(RtmpMessage message) throws IOException {
        raw(bytes(message));
    }

    byte[] bytes(RtmpMessage message) {
        encoder.writeOutbound(message);
        ByteBuf out = Unpooled.buffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            out.writeBytes(part);
            part.release();
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    /** A video or audio message of the kept samples' kind, a frame time later than the one before. */
    RtmpMessage media(int type, byte[] body) {
        clock += 33;
        return new RtmpMessage(6, type, 1, clock, body);
    }

    void video(byte[] body) throws IOException {
        send(media(RtmpMessage.VIDEO, body));
    }

    void header() throws IOException {
        byte[] avcc = Mutator.corpus("avcc").getFirst();
        byte[] body = new byte[5 + avcc.length];
        body[0] = 0x17;
        System.arraycopy(avcc, 0, body, 5, avcc.length);
        video(body);
    }

    void picture() throws IOException {
        video(new byte[] {0x17, 1, 0, 0, 0, 0, 0, 0, 4, 0x65, 1, 2, 3});
    }

    /** The next answer of that name; the ones before are skipped. */
    List<@Nullable Object> reply(String name) throws IOException {
        byte[] buffer = new byte[4096];
        while (true) {
            while (!replies.isEmpty()) {
                List<@Nullable Object> reply = replies.remove();
                if (name.equals(reply.getFirst())) {
                    return reply;
                }
            }
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                throw new EOFException("closed before " + name);
            }
            decoder.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
            for (RtmpMessage m = decoder.readInbound(); m != null; m = decoder.readInbound()) {
                if (m.type() == RtmpMessage.COMMAND) {
                    replies.add(Amf0.readAll(m.payload()));
                }
            }
        }
    }

    /** The code and the description of the next status. */
    String status(String name) throws IOException {
        return reply(name).get(3) instanceof Map<?, ?> status
                ? status.get("code") + ": " + status.get("description")
                : "";
    }

    /** Waits until the server has closed the connection. */
    void awaitClose() throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            // A reset is an end as well.
        }
    }

    /** Leaves as a machine does that loses its power and comes back: RST instead of FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
