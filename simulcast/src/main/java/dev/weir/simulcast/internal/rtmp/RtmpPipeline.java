package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.PublishAuth;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up each new encoder connection; refuses those past the limit. */
public final class RtmpPipeline extends ChannelInitializer<Channel> {

    private static final Logger LOG = LoggerFactory.getLogger(RtmpPipeline.class);

    private final Publishers publishers;
    private final ChannelGroup connections;
    private final int maxConnections;
    private final Duration idle;

    /** A pipeline whose connections join {@code connections} and leave it when they close. */
    public RtmpPipeline(PublishAuth auth, ChannelGroup connections, int maxConnections, Duration idle) {
        this.publishers = new Publishers(auth);
        this.connections = connections;
        this.maxConnections = maxConnections;
        this.idle = idle;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (connections.size() >= maxConnections) {
            LOG.warn(
                    "RTMP connections: {} (expected: 0..{}); a new one is turned away",
                    connections.size(),
                    maxConnections);
            channel.close();
            return;
        }
        connections.add(channel);
        var acks = new WindowAcks();
        channel.pipeline()
                .addLast(new IdleStateHandler(idle.toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(acks)
                .addLast(new HandshakeHandler())
                .addLast(new ChunkDecoder())
                .addLast(new ChunkEncoder())
                .addLast(new PublisherHandler(publishers, acks));
    }
}
