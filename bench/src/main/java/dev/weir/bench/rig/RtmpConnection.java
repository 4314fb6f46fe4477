package dev.weir.bench.rig;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** How does an encoder talk to a server? The least of RTMP 1.0 that publishes: one stream, one chunk a message. */
final class RtmpConnection implements AutoCloseable {

    private static final int HANDSHAKE = 1536;
    private static final int CHUNK = 65_536;
    private static final int COMMAND = 20;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String STARTED = "NetStream.Publish.Start";

    private final Socket socket = new Socket();
    private final OutputStream out;

    private RtmpConnection(URI url) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 1935 : url.getPort()), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = socket.getOutputStream();
    }

    /** Publishes under {@code rtmp://host:port/app/key}; blocks until the server has agreed. */
    static RtmpConnection publish(URI url) throws IOException {
        var connection = new RtmpConnection(url);
        try {
            connection.handshake();
            connection.begin(url);
            connection.awaitStart();
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private void handshake() throws IOException {
        byte[] hello = new byte[1 + HANDSHAKE];
        hello[0] = 3;
        out.write(hello);
        var in = new DataInputStream(socket.getInputStream());
        in.readFully(new byte[1 + HANDSHAKE]);
        in.readFully(new byte[HANDSHAKE]);
        out.write(hello, 1, HANDSHAKE);
    }

    private void begin(URI url) throws IOException {
        String path = url.getPath();
        String app = path.substring(1, path.lastIndexOf('/'));
        String key = path.substring(path.lastIndexOf('/') + 1);
        send(2, 1, 0, 0, new byte[] {0, (byte) (CHUNK >> 16), (byte) (CHUNK >> 8), (byte) CHUNK});
        var connect = new ByteArrayOutputStream();
        text(connect, "connect");
        number(connect, 1);
        connect.write(3);
        property(connect, "app", app);
        property(connect, "tcUrl", "rtmp://" + url.getAuthority() + "/" + app);
        property(connect, "flashVer", "FMLE/3.0 (bench)");
        connect.write(new byte[] {0, 0, 9});
        send(3, COMMAND, 0, 0, connect.toByteArray());
        send(3, COMMAND, 0, 0, command("createStream", 2));
        send(3, COMMAND, 1, 0, command("publish", 3, key, "live"));
    }

    private void awaitStart() throws IOException {
        InputStream in = socket.getInputStream();
        var seen = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!seen.toString().contains(STARTED)) {
            int count = in.read(buffer);
            if (count < 0 || seen.length() > 65_536) {
                throw new IOException("publish: refused (expected: " + STARTED + ")");
            }
            seen.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        Thread.ofVirtual().name("rtmp-drain").start(this::drain);
    }

    /** Acknowledgements need no answer, but must not fill the socket. */
    private void drain() {
        try {
            socket.setSoTimeout(0);
            byte[] buffer = new byte[4096];
            InputStream in = socket.getInputStream();
            int count = 0;
            while (count >= 0) {
                count = in.read(buffer);
            }
        } catch (IOException e) {
            return;
        }
    }

    /** Sends a tag at that time of the stream. */
    void send(FlvClip.Tag tag, long millis) throws IOException {
        send(tag.isVideo() ? 6 : 4, tag.type(), 1, millis, tag.body());
    }

    private void send(int chunkStream, int type, int streamId, long millis, byte[] body) throws IOException {
        var message = new ByteArrayOutputStream(body.length + 32);
        var head = new DataOutputStream(message);
        boolean extended = millis >= 0xFFFFFF;
        head.writeByte(chunkStream);
        medium(head, extended ? 0xFFFFFF : (int) millis);
        medium(head, body.length);
        head.writeByte(type);
        head.writeInt(Integer.reverseBytes(streamId));
        if (extended) {
            head.writeInt((int) millis);
        }
        for (int at = 0; at < body.length; at += CHUNK) {
            if (at > 0) {
                head.writeByte(0xC0 | chunkStream);
                if (extended) {
                    head.writeInt((int) millis);
                }
            }
            head.write(body, at, Math.min(CHUNK, body.length - at));
        }
        message.writeTo(out);
    }

    private static byte[] command(String name, double transaction, String... arguments) {
        var command = new ByteArrayOutputStream();
        text(command, name);
        number(command, transaction);
        command.write(5);
        for (String argument : arguments) {
            text(command, argument);
        }
        return command.toByteArray();
    }

    private static void property(ByteArrayOutputStream to, String name, String value) {
        bare(to, name);
        text(to, value);
    }

    private static void text(ByteArrayOutputStream to, String text) {
        to.write(2);
        bare(to, text);
    }

    private static void bare(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.write(bytes.length >> 8);
        to.write(bytes.length);
        to.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream to, double value) {
        to.write(0);
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            to.write((int) (bits >> shift));
        }
    }

    private static void medium(DataOutputStream to, int value) throws IOException {
        to.writeByte(value >> 16);
        to.writeShort(value);
    }

    /** Says that the stream is over, so that the server need not guess. */
    void end() throws IOException {
        send(3, COMMAND, 1, 0, command("FCUnpublish", 4));
        send(3, COMMAND, 0, 0, command("deleteStream", 5));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
