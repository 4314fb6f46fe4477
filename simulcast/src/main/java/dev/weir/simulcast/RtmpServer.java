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
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How do encoders get in? One port takes many RTMP publishers, one stream key each.
 *
 * <p>Also by RTMPS where TLS is configured, and by Enhanced RTMP. H.264, AAC and Opus only; anything else is refused
 * with its reason. Bytes that break the protocol end that connection
 * and no other. Limits: 4 MiB a message, 64 chunk streams, chunks of 1..65536 bytes. The protocol is Adobe's
 * RTMP 1.0, and Veovera's Enhanced RTMP v2 for the codecs named.
 * Thread-safe.
 */
public final class RtmpServer implements AutoCloseable {

    private final EventLoopGroup loops;
    private final ChannelGroup connections;
    private final Channel listener;
    private final @Nullable Channel tlsListener;

    private RtmpServer(
            EventLoopGroup loops, ChannelGroup connections, Channel listener, @Nullable Channel tlsListener) {
        this.loops = loops;
        this.connections = connections;
        this.listener = listener;
        this.tlsListener = tlsListener;
    }

    /**
     * Binds and begins to accept.
     *
     * @throws IllegalStateException when an address cannot be bound
     * @throws IllegalArgumentException when the certificate or its key cannot be read
     */
    public static RtmpServer start(RtmpConfig config, PublishAuth auth) {
        var loops = new NioEventLoopGroup(2, new DefaultThreadFactory("rtmp", true));
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        try {
            var pipeline = new RtmpPipeline(auth, connections, config.maxConnections(), config.idle());
            RtmpTls tls = config.tls();
            var secure = tls == null ? null : pipeline.behind(tls.context());
            Channel plain = bind(loops, pipeline, config.host(), config.port());
            return new RtmpServer(
                    loops,
                    connections,
                    plain,
                    tls == null || secure == null ? null : bind(loops, secure, config.host(), tls.port()));
        } catch (IllegalStateException | IllegalArgumentException e) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    private static Channel bind(EventLoopGroup loops, RtmpPipeline pipeline, String host, int port) {
        var bind = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(pipeline)
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            throw new IllegalStateException(
                    "RTMP address: %s:%d (expected: free to bind)".formatted(host, port), bind.cause());
        }
        return bind.channel();
    }

    /** The port in use, also when 0 was asked for. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** The port of RTMPS in use; empty when there is none. */
    public OptionalInt tlsPort() {
        return tlsListener == null
                ? OptionalInt.empty()
                : OptionalInt.of(((InetSocketAddress) tlsListener.localAddress()).getPort());
    }

    /** Whether an encoder that connects now is heard. */
    public boolean isListening() {
        return listener.isActive() && (tlsListener == null || tlsListener.isActive());
    }

    /** Encoders connected now, publishing or not. */
    public int connections() {
        return connections.size();
    }

    /** Stops accepting, disconnects every encoder and waits at most 2 s. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        if (tlsListener != null) {
            tlsListener.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
