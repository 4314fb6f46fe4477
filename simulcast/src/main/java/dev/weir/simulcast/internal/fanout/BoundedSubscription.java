package dev.weir.simulcast.internal.fanout;

import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The queue behind a subscription. The lock is held for a few instructions only, never while a consumer works. */
public final class BoundedSubscription implements Subscription {

    private final ConsumerSpec spec;
    private final Consumer<BoundedSubscription> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<MediaUnit> queue = new ArrayDeque<>();
    private long bytes;
    private long joinedAtMillis = Long.MIN_VALUE;
    private boolean waitsForKey = true;
    private long dropped;
    private boolean closed;

    /** An empty queue that starts with the next key frame. */
    public BoundedSubscription(ConsumerSpec spec, Consumer<BoundedSubscription> onClose) {
        this.spec = spec;
        this.onClose = onClose;
    }

    /** Fills the queue with the pictures so far; what a joiner is given at once does not count as being behind. */
    public void join(List<MediaUnit> gop, long gopBytes) {
        if (gop.isEmpty() || gopBytes > spec.maxBytes()) {
            return;
        }
        lock.lock();
        try {
            queue.addAll(gop);
            bytes = gopBytes;
            waitsForKey = false;
            joinedAtMillis = gop.getLast().dtsMillis();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a frame or drops; never waits for the consumer. */
    public void offer(MediaUnit unit) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (overflows(unit)) {
                dropped += queue.size();
                queue.clear();
                bytes = 0;
                waitsForKey = true;
            }
            if (waitsForKey && !startsHere(unit)) {
                dropped += behind() ? 1 : 0;
                return;
            }
            waitsForKey = false;
            started = true;
            queue.add(unit);
            bytes += unit.size();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean started;

    /** A stream without a picture has no key frames to wait for. */
    private static boolean startsHere(MediaUnit unit) {
        return unit.startsGop() || unit.headers().video() == null;
    }

    /** Frames before the first key frame were never this consumer's to lose. */
    private boolean behind() {
        return started || joinedAtMillis != Long.MIN_VALUE;
    }

    private boolean overflows(MediaUnit unit) {
        if (queue.isEmpty()) {
            return false;
        }
        long from = Math.max(queue.getFirst().dtsMillis(), joinedAtMillis);
        return unit.dtsMillis() - from > spec.maxMillis() || bytes + unit.size() > spec.maxBytes();
    }

    @Override
    public Optional<MediaUnit> take(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty()) {
                if (closed || left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            MediaUnit unit = queue.removeFirst();
            bytes -= unit.size();
            return Optional.of(unit);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long droppedUnits() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long queuedMillis() {
        lock.lock();
        try {
            return queue.isEmpty()
                    ? 0
                    : Math.max(0, queue.getLast().dtsMillis() - queue.getFirst().dtsMillis());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
    }
}
