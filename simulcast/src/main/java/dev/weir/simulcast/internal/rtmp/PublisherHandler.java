package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.Protocol;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.Redaction;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One encoder's connection from connect to its end. All methods run on the connection's event loop. */
final class PublisherHandler extends SimpleChannelInboundHandler<RtmpMessage> {

    private static final Logger LOG = LoggerFactory.getLogger(PublisherHandler.class);
    private static final int MAX_HELD = 256;
    private static final int CHUNK_SIZE = 4096;

    private final Publishers publishers;
    private final WindowAcks acks;
    private final @Nullable String crowded;
    private final Queue<RtmpMessage> held = new ArrayDeque<>();
    private String app = "";
    private boolean connected;
    private @Nullable String pendingKey;
    private @Nullable Publication publication;
    private String endReason = "the encoder closed the connection";

    /** @param crowded why no more encoders are let in, or null when this one may go on */
    PublisherHandler(Publishers publishers, WindowAcks acks, @Nullable String crowded) {
        super(RtmpMessage.class);
        this.publishers = publishers;
        this.acks = acks;
        this.crowded = crowded;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, RtmpMessage message) {
        switch (message.type()) {
            case RtmpMessage.WINDOW_ACK_SIZE -> acks.window(message.number());
            case RtmpMessage.USER_CONTROL -> message.pong().ifPresent(ctx::writeAndFlush);
            case RtmpMessage.VIDEO, RtmpMessage.AUDIO -> media(message);
            case RtmpMessage.AGGREGATE -> Aggregate.split(message).forEach(this::media);
            case RtmpMessage.COMMAND -> command(ctx, Amf0.readAll(message.payload()));
            case RtmpMessage.COMMAND_AMF3 -> command(ctx, Amf0.readAll(Aggregate.skip(message.payload(), 1)));
            default -> LOG.trace("RTMP message type {} is not needed", message.type());
        }
    }

    private void media(RtmpMessage message) {
        if (publication != null) {
            publication.media(message);
        } else if (pendingKey != null && held.size() < MAX_HELD) {
            held.add(message);
        }
    }

    private void command(ChannelHandlerContext ctx, List<@Nullable Object> values) {
        if (values.isEmpty() || !(values.getFirst() instanceof String name)) {
            throw new RtmpException("command: no name (expected: a string first)");
        }
        double transaction = values.size() > 1 && values.get(1) instanceof Double number ? number : 0;
        switch (name) {
            case "connect" -> connect(ctx, values, transaction);
            case "createStream" -> ctx.writeAndFlush(Commands.result(transaction, (double) Commands.STREAM_ID));
            case "releaseStream", "FCPublish" -> ctx.writeAndFlush(Commands.result(transaction, null));
            case "publish" -> publish(ctx, values);
            case "FCUnpublish", "deleteStream", "closeStream" -> end(ctx, name);
            case "play" -> reject(ctx, "play: not served here (expected: publish)");
            default -> LOG.trace("RTMP command {} is not needed", name);
        }
    }

    private void connect(ChannelHandlerContext ctx, List<@Nullable Object> values, double transaction) {
        if (connected || values.size() < 3 || !(values.get(2) instanceof Map<?, ?> parameters)) {
            throw new RtmpException("connect: no object, or a second time (expected: one with app)");
        }
        app = parameters.get("app") instanceof String text ? text.replaceAll("^/+|/+$", "") : "";
        connected = true;
        if (crowded != null) {
            notConnected(ctx, transaction, "Rejected", crowded);
            return;
        }
        if (app.isEmpty()) {
            notConnected(ctx, transaction, "InvalidApp", "app: empty (expected: rtmp://host/app, then the key)");
            return;
        }
        ctx.write(RtmpMessage.control(RtmpMessage.WINDOW_ACK_SIZE, WindowAcks.WINDOW));
        byte[] window = RtmpMessage.bytes(WindowAcks.WINDOW);
        ctx.write(RtmpMessage.control(
                RtmpMessage.SET_PEER_BANDWIDTH, window[0], window[1], window[2], window[3], (byte) 2));
        ctx.write(RtmpMessage.control(RtmpMessage.SET_CHUNK_SIZE, CHUNK_SIZE));
        ctx.writeAndFlush(Commands.connected(transaction));
    }

    private void notConnected(ChannelHandlerContext ctx, double transaction, String code, String reason) {
        endReason = reason;
        ctx.writeAndFlush(Commands.notConnected(transaction, code, reason)).addListener(ChannelFutureListener.CLOSE);
    }

    private void publish(ChannelHandlerContext ctx, List<@Nullable Object> values) {
        if (!connected || pendingKey != null || publication != null) {
            throw new RtmpException("publish: before connect, or a second time (expected: once, after connect)");
        }
        String key = values.size() > 3 && values.get(3) instanceof String text ? text : "";
        if (key.isEmpty()) {
            refuse(ctx, "stream key: empty (expected: the key of a show)");
            return;
        }
        pendingKey = key;
        ctx.channel().config().setAutoRead(false);
        String remote = ctx.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "unknown";
        publishers.authorize(
                new PublishRequest(Protocol.RTMP, app, key, remote),
                ctx.executor(),
                verdict -> decided(ctx, key, verdict));
    }

    private void decided(ChannelHandlerContext ctx, String key, PublishVerdict verdict) {
        switch (verdict) {
            case PublishVerdict.Refused(String reason) -> {
                LOG.info("publish refused: app {} key {}: {}", app, Redaction.keyHash(key), reason);
                refuse(ctx, reason);
            }
            case PublishVerdict.Accepted accepted -> {
                var started = new Publication(accepted.sink());
                if (!ctx.channel().isActive()) {
                    started.close("the encoder left before it was let in");
                    return;
                }
                publication = started;
                accepted.sink().control(new Connection(ctx));
                publishers.takeOver(app, key, ctx.channel());
                LOG.info("publishing: app {} key {}", app, Redaction.keyHash(key));
                ctx.write(
                        RtmpMessage.control(RtmpMessage.USER_CONTROL, new byte[] {0, 0, 0, 0, 0, Commands.STREAM_ID}));
                ctx.writeAndFlush(Commands.publishStarted());
                held.forEach(started::media);
                held.clear();
                ctx.channel().config().setAutoRead(true);
            }
        }
    }

    private void refuse(ChannelHandlerContext ctx, String reason) {
        ctx.write(Commands.badName(reason));
        reject(ctx, reason);
    }

    private void reject(ChannelHandlerContext ctx, String reason) {
        endReason = reason;
        ctx.writeAndFlush(Commands.rejected(reason)).addListener(ChannelFutureListener.CLOSE);
    }

    private void end(ChannelHandlerContext ctx, String command) {
        if (publication != null) {
            endReason = "the encoder sent " + command;
            ctx.writeAndFlush(Commands.unpublished()).addListener(ChannelFutureListener.CLOSE);
            publication.stop(endReason);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (publication != null) {
            publication.close(endReason);
            publishers.gone(ctx.channel());
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            endReason = "no bytes from the encoder for too long";
            ctx.close();
        } else if (event instanceof Publishers.TakenOver) {
            endReason = "a new connection with the same key took over";
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        endReason = String.valueOf(root.getMessage());
        if (root instanceof MalformedMediaException) {
            LOG.info("publisher of app {} refused: {}", app, endReason);
            reject(ctx, endReason);
            return;
        }
        LOG.debug("RTMP connection ends: {}", endReason);
        ctx.close();
    }

    /** Lets the live end this connection when a publisher of another protocol takes its place. */
    private record Connection(ChannelHandlerContext ctx) implements HostControl {
        @Override
        public void disconnect(String reason) {
            if (ctx.channel().isActive()) {
                ctx.pipeline().fireUserEventTriggered(Publishers.TakenOver.EVENT);
            }
        }
    }
}
