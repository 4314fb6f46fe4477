package dev.weir.simulcast.internal.rtc;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One event loop with its own socket on the common port; the sessions it owns are used by no other thread.
 *
 * @param socket a UDP socket registered with this loop
 * @param segmentation whether it takes many datagrams at once; turned off when the kernel refuses
 */
record RtcShard(Channel socket, AtomicBoolean segmentation) {

    EventLoop loop() {
        return socket.eventLoop();
    }

    UdpPath path(InetSocketAddress remote) {
        return new UdpPath(socket, remote, segmentation.get());
    }

    /** Runs at once when on the loop already. */
    void run(Runnable task) {
        if (loop().inEventLoop()) {
            task.run();
        } else if (!loop().isShuttingDown()) {
            loop().execute(task);
        }
    }
}
