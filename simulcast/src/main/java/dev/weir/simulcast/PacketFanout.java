package dev.weir.simulcast;

import dev.weir.simulcast.internal.fanout.BoundedSubscription;
import dev.weir.simulcast.internal.fanout.GopCache;
import dev.weir.simulcast.internal.fanout.StatsMeter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How does one stream reach many consumers without any of them holding up another?
 *
 * <p>{@link #publish} never blocks: each consumer has its own bounded queue, and a consumer that is too slow loses
 * frames up to its next key frame while the others lose nothing. The frames since the last key frame are kept (at most
 * 16 MiB), so that a joiner can start at once. It lasts over the epochs of its live: at the end of each one all
 * subscriptions are closed, and new ones take what the next epoch brings. Thread-safe; one thread publishes at a time.
 */
public final class PacketFanout implements AutoCloseable {

    private final Object lock = new Object();
    private final List<BoundedSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final GopCache gop = new GopCache();
    private final StatsMeter meter = new StatsMeter();
    private StreamHeaders headers = StreamHeaders.NONE;
    private boolean closed;

    /** Hands a frame to every consumer. Ignored after {@link #close}. */
    public void publish(MediaUnit unit) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            headers = unit.headers();
            meter.add(unit);
            gop.add(unit);
            for (BoundedSubscription subscription : subscriptions) {
                subscription.offer(unit);
            }
        }
    }

    /**
     * Adds a consumer. Its first frame is a key frame.
     *
     * @param joinFromGop true to begin with the frames since the last key frame, if they fit the consumer's bytes;
     *     false to wait for the next key frame
     */
    public Subscription subscribe(ConsumerSpec spec, boolean joinFromGop) {
        var subscription = new BoundedSubscription(spec, subscriptions::remove);
        synchronized (lock) {
            if (closed) {
                subscription.close();
                return subscription;
            }
            if (joinFromGop) {
                subscription.join(gop.units(), gop.bytes());
            }
            subscriptions.add(subscription);
        }
        return subscription;
    }

    /** The headers of the newest frame; {@link StreamHeaders#NONE} before the first. */
    public StreamHeaders headers() {
        synchronized (lock) {
            return headers;
        }
    }

    /** What passes now. */
    public FanoutStats stats() {
        synchronized (lock) {
            return meter.snapshot(subscriptions.size());
        }
    }

    /**
     * Ends what was on air: closes all subscriptions, in which what waits can still be taken, and forgets headers and
     * frames. Who subscribes from now on waits for the next epoch.
     */
    public void endEpoch() {
        synchronized (lock) {
            headers = StreamHeaders.NONE;
            gop.clear();
            subscriptions.forEach(BoundedSubscription::close);
        }
    }

    /** Ends all subscriptions; what waits in them can still be taken. May be called again. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        subscriptions.forEach(BoundedSubscription::close);
    }
}
