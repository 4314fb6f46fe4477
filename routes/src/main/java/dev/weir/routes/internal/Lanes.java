package dev.weir.routes.internal;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How is work of one key kept in order without one group waiting for another? Each group has its own few lanes, one
 * virtual thread and one bounded queue each. Thread-safe.
 */
final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final int CAPACITY = 1_000;

    private final int width;
    private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Lanes(int width) {
        this.width = width;
    }

    /** Queues the work; false when the lane is full: what the work is about must be safe elsewhere. */
    boolean submit(String group, String key, Runnable work) {
        String name = group + "#" + Math.floorMod(key.hashCode(), width);
        return !closed && lanes.computeIfAbsent(name, Lane::new).queue.offer(work);
    }

    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::wake);
        lanes.values().parallelStream().forEach(Lane::end);
    }

    private final class Lane {
        private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(CAPACITY);
        private final Thread thread;

        Lane(String name) {
            thread = Thread.ofVirtual().name("inbox-" + name).start(this::run);
        }

        // Not an interrupt: that would tear down the database connection of the work under way.
        private void wake() {
            if (!queue.offer(() -> {})) {
                LOG.debug("A full lane sees by itself that it is closed");
            }
        }

        private void end() {
            try {
                if (!thread.join(Duration.ofSeconds(2))) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            while (!closed) {
                try {
                    queue.take().run();
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.warn("A delivery's handling ended early: the sweep takes it up again", e);
                }
            }
        }
    }
}
