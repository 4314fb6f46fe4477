package dev.weir.simulcast.internal.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/** To an address over our one UDP port. */
record UdpPath(Channel socket, InetSocketAddress remote, boolean segmentation) implements Path {

    /** UDP generic segmentation offload, where the kernel and the socket have it. */
    static boolean canSegment(Channel socket) {
        return socket instanceof EpollDatagramChannel && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    @Override
    public void send(ByteBuf packet) {
        if (!socket.isWritable()) {
            packet.release();
            return;
        }
        socket.writeAndFlush(new DatagramPacket(packet, remote), socket.voidPromise());
    }

    @Override
    public int sendRun(ByteBuf run, int segment) {
        if (!socket.isWritable()) {
            // The network card is that far behind: datagrams are lost here rather than queued without end.
            run.release();
            return 0;
        }
        if (run.readableBytes() <= segment) {
            socket.write(new DatagramPacket(run, remote), socket.voidPromise());
            return 1;
        }
        if (segmentation) {
            socket.write(new SegmentedDatagramPacket(run, segment, remote), socket.voidPromise());
            return 1;
        }
        int calls = 0;
        while (run.isReadable()) {
            ByteBuf one = run.readRetainedSlice(Math.min(segment, run.readableBytes()));
            socket.write(new DatagramPacket(one, remote), socket.voidPromise());
            calls++;
        }
        run.release();
        return calls;
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public boolean writable() {
        return socket.isWritable();
    }

    @Override
    public String transport() {
        return "UDP";
    }
}
