package dev.weir.simulcast.internal.rtmp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection that publishes to an RTMP or RTMPS server (Adobe RTMP 1.0). It shares its thread with others and never
 * holds it up: everything that waits is a bounded time on the clock of that thread. Thread-safe.
 */
public final class RtmpPush {

    private static final long GOODBYE_MILLIS = 500;
    private static final int MAX_SETUPS = 3;

    private static final Executor TLS_TASKS =
            task -> Thread.ofVirtual().name("push-tls").start(task);

    private final RtmpAddress address;
    private final Duration noProgress;
    private final @Nullable SslContext tls;
    private final PushFeed feed;
    private final PushLoop loop = PushLoop.next();
    private final CompletableFuture<PushEnd> end = new CompletableFuture<>();
    private final long beganAt = System.nanoTime();
    private long heardAt = beganAt;
    private int streamId;
    private boolean ending;
    private @Nullable PushDial dial;
    private @Nullable UnitSender sender;

    private RtmpPush(RtmpAddress address, Duration noProgress, @Nullable SslContext tls, PushFeed feed) {
        this.address = address;
        this.noProgress = noProgress;
        this.tls = tls;
        this.feed = feed;
    }

    /**
     * Begins to connect.
     *
     * @param hosts addresses of the server, tried in their order, at most four
     * @param noProgress the connection ends after so long without a byte from it or to it
     * @param tls who is trusted; null for RTMP without TLS
     */
    public static RtmpPush start(
            RtmpAddress address,
            List<InetAddress> hosts,
            Duration noProgress,
            @Nullable SslContext tls,
            PushFeed feed) {
        var push = new RtmpPush(address, noProgress, tls, feed);
        push.loop.loop().execute(() -> push.connect(hosts));
        return push;
    }

    /** Completes once, when the connection is closed. */
    public CompletableFuture<PushEnd> ended() {
        return end;
    }

    /** Tells the server that the stream ends, and closes within 500 ms. May be called again. */
    public void close() {
        loop.loop().execute(() -> end(new PushEnd.Closed()));
    }

    private void connect(List<InetAddress> hosts) {
        if (!ending) {
            var begun = new PushDial(loop.loop(), hosts, address.port(), noProgress, new Pipeline(), new Connecting());
            dial = begun;
            begun.begin();
        }
    }

    /** Until the stream is taken, each step may take {@code noProgress}, and all of them three times that. */
    private void watch() {
        heardAt = System.nanoTime();
        long limit = noProgress.toNanos();
        loop.loop().schedule(this::checkSilence, limit, TimeUnit.NANOSECONDS);
    }

    private void checkSilence() {
        if (ending || sender != null) {
            return;
        }
        long now = System.nanoTime();
        long left = noProgress.toNanos() - (now - heardAt);
        if (left <= 0 || now - beganAt > MAX_SETUPS * noProgress.toNanos()) {
            end(new PushEnd.Failed("no progress for %d s".formatted(noProgress.toSeconds())));
        } else {
            loop.loop().schedule(this::checkSilence, left, TimeUnit.NANOSECONDS);
        }
    }

    private void accepted(Channel connection, int id) {
        if (!ending && sender == null) {
            streamId = id;
            var created = new UnitSender(connection, id, feed, noProgress, this::end);
            sender = created;
            loop.add(created);
        }
    }

    private void end(PushEnd why) {
        if (ending) {
            return;
        }
        ending = true;
        UnitSender sending = sender;
        Channel connection = channel();
        if (dial != null) {
            dial.cancel();
        }
        if (sending != null) {
            sending.stop();
        }
        if (connection == null) {
            end.complete(why);
            return;
        }
        connection.closeFuture().addListener(closed -> end.complete(why));
        if (sending == null || !connection.isActive() || why instanceof PushEnd.Failed) {
            cut(connection);
            return;
        }
        connection.write(ClientCommands.fcUnpublish(address.key()));
        connection.writeAndFlush(ClientCommands.deleteStream(streamId)).addListener(written -> connection.close());
        loop.loop().schedule(() -> cut(connection), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private @Nullable Channel channel() {
        return dial == null ? null : dial.channel();
    }

    /** Closes the socket itself: TLS would first wait for its own goodbye to be taken. */
    private static void cut(Channel connection) {
        ChannelHandlerContext first = connection.pipeline().firstContext();
        if (first == null) {
            connection.close();
        } else {
            first.close();
        }
    }

    private final class Connecting implements PushDial.Outcome {
        @Override
        public void connected() {
            watch();
        }

        @Override
        public void failed(String why) {
            end(new PushEnd.Failed(why));
        }
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel fresh) {
            if (tls != null) {
                SslHandler handler = tls.newHandler(
                        fresh.alloc(), address.host().replaceAll("[\\[\\]]", ""), address.port(), TLS_TASKS);
                handler.setHandshakeTimeoutMillis(noProgress.toMillis());
                fresh.pipeline().addLast(handler);
            }
            var acks = new WindowAcks();
            var talk = new PushTalk(address, acks, new PushTalk.Outcome() {
                @Override
                public void accepted(int id) {
                    RtmpPush.this.accepted(fresh, id);
                }

                @Override
                public void ended(PushEnd why) {
                    end(why);
                }
            });
            fresh.pipeline()
                    .addLast(new Ears())
                    .addLast(acks)
                    .addLast(new ClientHandshake())
                    .addLast(new ChunkDecoder())
                    .addLast(new ChunkEncoder())
                    .addLast(talk)
                    .addLast(new LastWords(talk));
        }
    }

    /** Any byte that is heard is a sign of life. */
    private final class Ears extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            heardAt = System.nanoTime();
            ctx.fireChannelRead(message);
        }
    }

    private final class LastWords extends ChannelInboundHandlerAdapter {

        private final PushTalk talk;

        LastWords(PushTalk talk) {
            this.talk = talk;
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (ctx.channel().equals(channel())) {
                end(new PushEnd.Failed(talk.silence()));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            end(PushWords.failure(cause));
        }
    }
}
