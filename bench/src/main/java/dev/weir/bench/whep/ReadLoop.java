package dev.weir.bench.whep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who reads for many viewers? One thread that waits for all their sockets and sends what is due every 20 ms. */
final class ReadLoop implements AutoCloseable {

    private static final long TICK = 20_000_000L;

    private final Selector selector;
    private final Queue<Viewer> arriving = new ConcurrentLinkedQueue<>();
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
    private final Packet packet = new Packet();
    private final Thread thread;
    private volatile boolean closed;

    ReadLoop(int number) throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().daemon().name("viewers-" + number).start(this::run);
    }

    /** Reads for this viewer from now on. */
    void add(Viewer viewer) {
        arriving.add(viewer);
        selector.wakeup();
    }

    private void run() {
        long nextTick = System.nanoTime();
        try {
            while (!closed) {
                selector.select(this::ready, 10);
                register();
                long now = System.nanoTime();
                if (now >= nextTick) {
                    nextTick = now + TICK;
                    viewers.forEach(viewer -> tick(viewer, now));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        Viewer viewer = (Viewer) key.attachment();
        try {
            viewer.readable(packet);
        } catch (IOException e) {
            key.cancel();
            viewer.broken(e);
        }
    }

    private void tick(Viewer viewer, long now) {
        try {
            viewer.tick(packet, now);
        } catch (IOException e) {
            viewer.broken(e);
        }
    }

    private void register() throws IOException {
        for (Viewer viewer = arriving.poll(); viewer != null; viewer = arriving.poll()) {
            viewer.channel().register(selector, SelectionKey.OP_READ, viewer);
            viewers.add(viewer);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
