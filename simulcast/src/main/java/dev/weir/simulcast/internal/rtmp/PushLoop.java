package dev.weir.simulcast.internal.rtmp;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that serves many connections, of whatever lives, in turns of 40 ms: what a frame waits for that is nothing
 * to a platform that shows it seconds later, and it saves most of the calls to the kernel. There are two for the process,
 * on daemon threads.
 */
final class PushLoop {

    private static final Logger LOG = LoggerFactory.getLogger(PushLoop.class);
    private static final long TURN_MILLIS = 40;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final EventLoop loop;
    private final RenderedUnits rendered = new RenderedUnits();
    private final List<UnitSender> senders = new ArrayList<>();
    private boolean turning;

    private PushLoop(EventLoop loop) {
        this.loop = loop;
    }

    /** Made when the first target connects. */
    private static final class Holder {
        static final List<PushLoop> LOOPS = List.of(start(), start());

        private static PushLoop start() {
            var threads = new DefaultThreadFactory("push", true);
            EventLoopGroup group =
                    Epoll.isAvailable() ? new EpollEventLoopGroup(1, threads) : new NioEventLoopGroup(1, threads);
            return new PushLoop(group.next());
        }
    }

    /** The loops take turns. */
    static PushLoop next() {
        return Holder.LOOPS.get(Math.floorMod(NEXT.getAndIncrement(), Holder.LOOPS.size()));
    }

    static Class<? extends SocketChannel> channelType() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    EventLoop loop() {
        return loop;
    }

    /** Gives the sender its turns from now on; on the loop's thread only. */
    void add(UnitSender sender) {
        senders.add(sender);
        if (!turning) {
            turning = true;
            loop.execute(this::turn);
        }
    }

    private void turn() {
        senders.removeIf(sender -> !serve(sender));
        rendered.turn();
        if (senders.isEmpty()) {
            rendered.turn();
            turning = false;
        } else {
            loop.schedule(this::turn, TURN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean serve(UnitSender sender) {
        try {
            return sender.turn(rendered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            LOG.error("a push cannot go on", e);
            sender.fail(e);
            return false;
        }
    }
}
