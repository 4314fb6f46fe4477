package dev.weir.simulcast;

import dev.weir.simulcast.internal.rtmp.RtmpPipeline;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * How do encoders get in? One port takes many RTMP publishers, one stream key each.
 *
 * <p>H.264 and AAC only; anything else is refused with its reason. Bytes that break the protocol end that connection
 * and no other. Limits: 4 MiB a message, 64 chunk streams, chunks of 1..65536 bytes. The protocol is Adobe's RTMP 1.0.
 * Thread-safe.
 */
public final class RtmpServer implements AutoCloseable {

    private final EventLoopGroup loops;
    private final ChannelGroup connections;
    private final Channel listener;

    private RtmpServer(EventLoopGroup loops, ChannelGroup connections, Channel listener) {
        this.loops = loops;
        this.connections = connections;
        this.listener = listener;
    }

    /**
     * Binds and begins to accept.
     *
     * @throws IllegalStateException when the address cannot be bound
     */
    public static RtmpServer start(RtmpConfig config, PublishAuth auth) {
        var loops = new NioEventLoopGroup(2, new DefaultThreadFactory("rtmp", true));
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        var bind = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new RtmpPipeline(auth, connections, config.maxConnections(), config.idle()))
                .bind(config.host(), config.port())
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IllegalStateException(
                    "RTMP address: %s:%d (expected: free to bind)".formatted(config.host(), config.port()),
                    bind.cause());
        }
        return new RtmpServer(loops, connections, bind.channel());
    }

    /** The port in use, also when 0 was asked for. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Encoders connected now, publishing or not. */
    public int connections() {
        return connections.size();
    }

    /** Stops accepting, disconnects every encoder and waits at most 2 s. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
