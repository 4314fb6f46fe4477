package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.WebRtcConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sockets on our one port number: a UDP socket for each event loop where the kernel shares ports among them, one
 * elsewhere; and a TCP listener.
 */
final class RtcSockets implements AutoCloseable {

    private static final int SHARDS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    private static final int KERNEL_BUFFER = 4 * 1024 * 1024;
    private static final int FREE_PORT_ATTEMPTS = 20;
    private static final int MAX_FRAME = 2000;

    /** 4 MiB of datagrams that the network card has not taken; past that they are lost. */
    private static final WriteBufferWaterMark UDP_WATER = new WriteBufferWaterMark(2 * 1024 * 1024, KERNEL_BUFFER);

    /** Half a MiB, some 1.5 s of a stream, for a viewer on TCP. */
    private static final WriteBufferWaterMark TCP_WATER = new WriteBufferWaterMark(128 * 1024, 512 * 1024);

    private final EventLoopGroup loops;
    private final List<RtcShard> shards = new ArrayList<>();
    private final SessionTable table;
    private final WebRtcConfig config;
    private @Nullable Channel listener;

    private RtcSockets(EventLoopGroup loops, SessionTable table, WebRtcConfig config) {
        this.loops = loops;
        this.table = table;
        this.config = config;
    }

    static RtcSockets bind(WebRtcConfig config, SessionTable table) {
        var threads = new DefaultThreadFactory("rtc", true);
        var loops = Epoll.isAvailable() ? new EpollEventLoopGroup(SHARDS, threads) : new NioEventLoopGroup(1, threads);
        var sockets = new RtcSockets(loops, table, config);
        try {
            sockets.bindAll();
            return sockets;
        } catch (RuntimeException e) {
            sockets.close();
            throw e;
        }
    }

    private void bindAll() {
        int attempts = config.port() == 0 ? FREE_PORT_ATTEMPTS : 1;
        for (int attempt = 1; ; attempt++) {
            ChannelFuture first = udp(config.port());
            require(first, "UDP", config.port());
            int port = ((InetSocketAddress) first.channel().localAddress()).getPort();
            ChannelFuture tcp = tcp(port);
            if (!tcp.isSuccess() && attempt < attempts) {
                first.channel().close().awaitUninterruptibly();
                continue;
            }
            add(first.channel());
            require(tcp, "TCP", port);
            listener = tcp.channel();
            for (int i = 1; Epoll.isAvailable() && i < SHARDS; i++) {
                ChannelFuture next = udp(port);
                require(next, "UDP", port);
                add(next.channel());
            }
            return;
        }
    }

    private void add(Channel socket) {
        var shard = new RtcShard(socket, new AtomicBoolean(UdpPath.canSegment(socket)));
        shards.add(shard);
        socket.pipeline().addLast(new UdpDemux(table, shard));
    }

    private void require(ChannelFuture bound, String protocol, int port) {
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "WebRTC address: %s %s:%d (expected: free to bind)".formatted(protocol, config.bindHost(), port),
                    bound.cause());
        }
    }

    private ChannelFuture udp(int port) {
        var bootstrap = new Bootstrap()
                .group(loops)
                .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER)
                .option(ChannelOption.SO_SNDBUF, KERNEL_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UDP_WATER)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_FRAME))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // The handler follows when the shard of the socket exists.
                    }
                });
        if (Epoll.isAvailable()) {
            bootstrap.channel(EpollDatagramChannel.class).option(UnixChannelOption.SO_REUSEPORT, true);
        } else {
            bootstrap.channel(NioDatagramChannel.class);
        }
        return bootstrap.bind(config.bindHost(), port).awaitUninterruptibly();
    }

    private ChannelFuture tcp(int port) {
        var open = new AtomicInteger();
        long signWithin = config.connectWithin().toMillis();
        long stall = config.consent().toMillis() / 2;
        int maxOpen = 2 * config.maxSessions();
        return new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TCP_WATER)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new LengthFieldBasedFrameDecoder(MAX_FRAME, 0, 2, 0, 2),
                                        new TcpDemux(table, open, maxOpen, signWithin, stall));
                    }
                })
                .bind(config.bindHost(), port)
                .awaitUninterruptibly();
    }

    boolean areBound() {
        Channel tcp = listener;
        return tcp != null
                && tcp.isActive()
                && shards.stream().allMatch(shard -> shard.socket().isActive());
    }

    int port() {
        return ((InetSocketAddress) shards.getFirst().socket().localAddress()).getPort();
    }

    List<RtcShard> shards() {
        return shards;
    }

    @Override
    public void close() {
        Channel tcp = listener;
        if (tcp != null) {
            tcp.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
