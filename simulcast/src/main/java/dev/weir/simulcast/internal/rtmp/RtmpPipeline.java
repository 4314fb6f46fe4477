package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.PublishAuth;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up each new encoder connection, and says no to those past the limit. */
public final class RtmpPipeline extends ChannelInitializer<Channel> {

    private static final Logger LOG = LoggerFactory.getLogger(RtmpPipeline.class);

    /** So many past the limit are told why they are not let in; further ones are closed without a word. */
    private static final int TURNED_AWAY_POLITELY = 16;

    private final Publishers publishers;
    private final ChannelGroup connections;
    private final int maxConnections;
    private final Duration idle;
    private final @Nullable SslContext tls;

    /** A pipeline whose connections join {@code connections} and leave it when they close. */
    public RtmpPipeline(PublishAuth auth, ChannelGroup connections, int maxConnections, Duration idle) {
        this(new Publishers(auth), connections, maxConnections, idle, null);
    }

    private RtmpPipeline(
            Publishers publishers,
            ChannelGroup connections,
            int maxConnections,
            Duration idle,
            @Nullable SslContext tls) {
        this.publishers = publishers;
        this.connections = connections;
        this.maxConnections = maxConnections;
        this.idle = idle;
        this.tls = tls;
    }

    /** The same behind TLS: one limit, one set of keys. */
    public RtmpPipeline behind(SslContext context) {
        return new RtmpPipeline(publishers, connections, maxConnections, idle, context);
    }

    @Override
    protected void initChannel(Channel channel) {
        int present = connections.size();
        if (present >= maxConnections + TURNED_AWAY_POLITELY) {
            channel.close();
            return;
        }
        String crowded = null;
        if (present >= maxConnections) {
            crowded = "encoders: %d (expected: fewer than %d; try again later)".formatted(present, maxConnections);
            LOG.warn("RTMP connection turned away: {}", crowded);
        }
        connections.add(channel);
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(idle.toMillis());
            channel.pipeline().addLast(handler);
        }
        var acks = new WindowAcks();
        channel.pipeline()
                .addLast(new IdleStateHandler(idle.toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(acks)
                .addLast(new HandshakeHandler())
                .addLast(new ChunkDecoder())
                .addLast(new ChunkEncoder())
                .addLast(new PublisherHandler(publishers, acks, crowded));
    }
}
