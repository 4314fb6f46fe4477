package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.Redaction;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publisher's talk with the server until it takes the stream, and what it says after that. On the event loop only. */
final class PushTalk extends SimpleChannelInboundHandler<RtmpMessage> {

    /** What the talk leads to. */
    interface Outcome {

        /** The server takes the stream. */
        void accepted(int streamId);

        /** It does not, or no longer. */
        void ended(PushEnd why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(PushTalk.class);

    /** Errors of the server's own, which pass; every other error is about what we asked for. */
    private static final Set<String> PASSING = Set.of(
            "NetConnection.Connect.Failed",
            "NetConnection.Connect.AppShutdown",
            "NetConnection.Connect.Closed",
            "NetConnection.Connect.ReconnectRequest",
            "NetConnection.Connect.IdleTimeOut");

    private final RtmpAddress address;
    private final WindowAcks acks;
    private final Outcome outcome;
    private int streamId;
    private boolean asked;
    private boolean accepted;

    PushTalk(RtmpAddress address, WindowAcks acks, Outcome outcome) {
        super(RtmpMessage.class);
        this.address = address;
        this.acks = acks;
        this.outcome = outcome;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ClientHandshake.Done) {
            ctx.write(RtmpMessage.control(RtmpMessage.SET_CHUNK_SIZE, UnitRenderer.CHUNK_SIZE));
            ctx.writeAndFlush(ClientCommands.connect(address));
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, RtmpMessage message) {
        switch (message.type()) {
            case RtmpMessage.WINDOW_ACK_SIZE -> acks.window(message.number());
            case RtmpMessage.USER_CONTROL -> message.pong().ifPresent(ctx::writeAndFlush);
            case RtmpMessage.COMMAND -> command(ctx, Amf0.readAll(message.payload()));
            case RtmpMessage.COMMAND_AMF3 -> command(ctx, Amf0.readAll(Aggregate.skip(message.payload(), 1)));
            default -> LOG.trace("RTMP message type {} is not needed", message.type());
        }
    }

    private void command(ChannelHandlerContext ctx, List<@Nullable Object> values) {
        if (values.isEmpty() || !(values.getFirst() instanceof String name)) {
            throw new RtmpException("command: no name (expected: a string first)");
        }
        double transaction = values.size() > 1 && values.get(1) instanceof Double number ? number : 0;
        switch (name) {
            case "_result" -> result(ctx, transaction, values);
            case "_error" -> error(transaction, status(values));
            case "onStatus" -> status(ctx, status(values));
            default -> LOG.trace("RTMP command {} is not needed", name);
        }
    }

    private void result(ChannelHandlerContext ctx, double transaction, List<@Nullable Object> values) {
        if (transaction == ClientCommands.CONNECT) {
            ctx.write(RtmpMessage.control(RtmpMessage.WINDOW_ACK_SIZE, WindowAcks.WINDOW));
            ctx.write(ClientCommands.releaseStream(address.key()));
            ctx.write(ClientCommands.fcPublish(address.key()));
            ctx.writeAndFlush(ClientCommands.createStream());
        } else if (transaction == ClientCommands.CREATE && !asked) {
            if (values.size() < 4 || !(values.get(3) instanceof Double id)) {
                throw new RtmpException("createStream: no stream id in the answer (expected: a number)");
            }
            asked = true;
            streamId = id.intValue();
            ctx.writeAndFlush(ClientCommands.publish(streamId, address.key()));
        }
    }

    /** Servers that do not know releaseStream or FCPublish say so; that is no refusal. */
    private void error(double transaction, Map<?, ?> status) {
        if (transaction != ClientCommands.RELEASE && transaction != ClientCommands.FC_PUBLISH) {
            outcome.ended(verdict(status));
        }
    }

    private void status(ChannelHandlerContext ctx, Map<?, ?> status) {
        if ("error".equals(status.get("level"))) {
            outcome.ended(verdict(status));
        } else if ("NetStream.Publish.Start".equals(status.get("code")) && !accepted) {
            accepted = true;
            outcome.accepted(streamId);
        } else if ("NetConnection.Connect.ReconnectRequest".equals(status.get("code"))) {
            outcome.ended(verdict(status));
        }
        LOG.trace("{} is told {}", ctx.channel(), status.get("code"));
    }

    private PushEnd verdict(Map<?, ?> status) {
        String code = text(status.get("code"));
        String description = text(status.get("description"));
        String words = code.isEmpty() || description.isEmpty() ? code + description : code + ": " + description;
        return PASSING.contains(code)
                ? new PushEnd.Failed(shown("the server answered " + words))
                : new PushEnd.Refused(shown(words.isEmpty() ? "no reason given" : words));
    }

    private static Map<?, ?> status(List<@Nullable Object> values) {
        return values.size() > 3 && values.get(3) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** The server's words without the key, should it repeat it. */
    private String shown(String words) {
        String clean = address.key().isEmpty() ? words : words.replace(address.key(), "***");
        clean = Redaction.text(clean);
        return clean.length() <= 300 ? clean : clean.substring(0, 300);
    }

    /** What to say when the server closes without a word. */
    String silence() {
        if (accepted) {
            return "the server closed the connection";
        }
        return asked
                ? "the server closed the connection when it was given the key (often a wrong or used one)"
                : "the server closed the connection before it took the stream";
    }
}
