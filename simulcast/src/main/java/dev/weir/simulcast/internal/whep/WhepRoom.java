package dev.weir.simulcast.internal.whep;

import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.Subscription;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All viewers of one live: one subscription, packets made once, and a sender for each event loop. Closes itself when
 * nobody has watched for a while, and ends its viewers when the live does. Thread-safe.
 */
final class WhepRoom implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WhepRoom.class);
    private static final Duration TAKE = Duration.ofMillis(500);

    /** Somebody who reloads the page should find a picture at once. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private static final ConsumerSpec CONSUMER = new ConsumerSpec("whep", 3000, 16L * 1024 * 1024);

    private final RoomSource source;
    private final RenditionLease lease;
    private final Subscription subscription;
    private final RoomTracks tracks = new RoomTracks();
    private final RoomClock clock;
    private final KeyFrameRequests keyFrames;
    private final Map<EventLoop, ShardSender> senders = new ConcurrentHashMap<>();
    private final Consumer<WhepRoom> onIdle;
    private volatile int viewers;
    private volatile long emptySinceNanos = System.nanoTime();

    WhepRoom(RoomSource source, InstantSource clock, Consumer<WhepRoom> onIdle) {
        this.source = source;
        this.clock = new RoomClock(clock);
        this.onIdle = onIdle;
        this.keyFrames = new KeyFrameRequests(source.keyFrame());
        this.lease = source.lease().get();
        this.subscription = lease.fanout().subscribe(CONSUMER, true);
    }

    void start() {
        Thread.ofVirtual().name("whep-" + source.showId()).start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Optional<MediaUnit> unit = subscription.take(TAKE);
                if (unit.isPresent()) {
                    add(unit.get());
                } else if (subscription.isClosed()) {
                    break;
                }
                if (viewers == 0 && System.nanoTime() - emptySinceNanos > LINGER.toNanos()) {
                    onIdle.accept(this);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("viewers of {} interrupted", source.showId());
        } catch (RuntimeException e) {
            LOG.error("viewers of {} end", source.showId(), e);
        } finally {
            close();
            senders.values().forEach(sender -> sender.end("the live is over"));
        }
    }

    private void add(MediaUnit unit) {
        clock.seen(unit.dtsMillis());
        if (tracks.add(unit)) {
            senders.values().forEach(ShardSender::wake);
        }
    }

    /** Counts a viewer that is about to come. */
    synchronized void entered() {
        viewers++;
    }

    /** Counts a viewer that is gone, or never came. */
    synchronized void left() {
        viewers--;
        emptySinceNanos = System.nanoTime();
    }

    boolean isEmpty() {
        return viewers == 0;
    }

    boolean isOf(String showId) {
        return source.showId().equals(showId);
    }

    RoomSource source() {
        return source;
    }

    /** The sender of an event loop, which the caller is on. */
    ShardSender sender(EventLoop loop) {
        return senders.computeIfAbsent(loop, known -> new ShardSender(tracks, known));
    }

    RoomTracks tracks() {
        return tracks;
    }

    RoomClock clock() {
        return clock;
    }

    /** Somebody needs a key frame. */
    void requestKeyFrame(EventLoop loop) {
        keyFrames.request(loop);
    }

    @Override
    public void close() {
        subscription.close();
        lease.close();
    }
}
