package dev.weir.simulcast.internal.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** Over a TCP connection, each packet behind its length (RFC 4571 §2, RFC 6544 §10.1). */
record TcpPath(Channel connection, InetSocketAddress remote) implements Path {

    @Override
    public void send(ByteBuf packet) {
        write(packet);
        connection.flush();
    }

    @Override
    public int sendRun(ByteBuf run, int segment) {
        while (run.isReadable()) {
            write(run.readRetainedSlice(Math.min(segment, run.readableBytes())));
        }
        run.release();
        return 1;
    }

    private void write(ByteBuf packet) {
        if (!connection.isWritable()) {
            // Whoever cannot keep up on TCP loses packets here, as it would on UDP in the network.
            packet.release();
            return;
        }
        // One write, as a handshake's thread may write at the same time as the event loop.
        ByteBuf frame = connection.alloc().directBuffer(2 + packet.readableBytes());
        frame.writeShort(packet.readableBytes()).writeBytes(packet);
        packet.release();
        connection.write(frame, connection.voidPromise());
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public boolean writable() {
        return connection.isWritable();
    }

    @Override
    public String transport() {
        return "TCP";
    }
}
