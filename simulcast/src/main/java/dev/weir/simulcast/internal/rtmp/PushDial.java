package dev.weir.simulcast.internal.rtmp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects to the first of a server's addresses that answers. On the event loop only. */
final class PushDial {

    /** What it leads to: one of them, once. */
    interface Outcome {

        /** The last connection that was begun is there. */
        void connected();

        /** No address answered. */
        void failed(String why);
    }

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 * 1024, 256 * 1024);
    static final int UNSENT_BYTES = 128 * 1024;
    /** Where the kernel cannot bound what is unsent: it would take megabytes that nobody reads, and call it progress. */
    private static final int SEND_BUFFER = 512 * 1024;

    private static final int MAX_ADDRESSES = 4;

    private final Bootstrap bootstrap;
    private final List<InetAddress> hosts;
    private final int port;
    private final Outcome outcome;
    private @Nullable Channel channel;
    private boolean cancelled;

    PushDial(
            EventLoop loop,
            List<InetAddress> hosts,
            int port,
            Duration patience,
            ChannelHandler pipeline,
            Outcome outcome) {
        this.hosts = hosts;
        this.port = port;
        this.outcome = outcome;
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(PushLoop.channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(patience.toMillis(), 60_000))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(pipeline);
        if (Epoll.isAvailable()) {
            // What the network has not taken waits here, where it can be dropped, and not in the kernel.
            bootstrap.option(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) UNSENT_BYTES);
        } else {
            bootstrap.option(ChannelOption.SO_SNDBUF, SEND_BUFFER);
        }
    }

    /** Begins; at most four addresses are tried. */
    void begin() {
        connect(0);
    }

    private void connect(int index) {
        if (cancelled) {
            return;
        }
        ChannelFuture connecting = bootstrap.connect(new InetSocketAddress(hosts.get(index), port));
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                outcome.connected();
            } else if (!cancelled && index + 1 < Math.min(hosts.size(), MAX_ADDRESSES)) {
                connect(index + 1);
            } else {
                outcome.failed("connect: " + PushWords.reason(done.cause()));
            }
        });
    }

    /** No further address is tried. */
    void cancel() {
        cancelled = true;
    }

    /** The connection, or the one that is being tried; null before the first. */
    @Nullable
    Channel channel() {
        return channel;
    }
}
