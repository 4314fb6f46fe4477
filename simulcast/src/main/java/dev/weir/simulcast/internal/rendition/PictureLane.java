package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.MediaUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A thread of its own for pictures, so that sound does not wait while one is coded. One thread puts; when
 * {@value #MOST_PICTURES} pictures wait, it waits as well. The thread begins with the first picture.
 */
final class PictureLane implements AutoCloseable {

    /** More than the 3 s that the queue before it holds, at 30 pictures a second. */
    private static final int MOST_PICTURES = 128;

    /** What is done with a picture. */
    interface Work {
        /** The next picture, and the media time that waits after it. */
        void accept(MediaUnit picture, long behindMillis);
    }

    private final Work work;
    private final Deque<MediaUnit> waiting = new ArrayDeque<>();
    private final Thread thread;
    private boolean busy;
    private boolean closed;
    private @Nullable RuntimeException failure;

    PictureLane(String name, Work work) {
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /** Adds a picture. */
    synchronized void put(MediaUnit picture) throws InterruptedException {
        while (waiting.size() >= MOST_PICTURES && failure == null) {
            wait();
        }
        rethrow();
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        waiting.addLast(picture);
        notifyAll();
    }

    /** Waits until all pictures are made. */
    synchronized void awaitEmpty() throws InterruptedException {
        while ((busy || !waiting.isEmpty()) && failure == null) {
            wait();
        }
        rethrow();
    }

    private void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        try {
            for (MediaUnit next = take(); next != null; next = take()) {
                work.accept(next, behind(next));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private synchronized void fail(RuntimeException e) {
        failure = e;
        notifyAll();
    }

    private synchronized @Nullable MediaUnit take() throws InterruptedException {
        busy = false;
        notifyAll();
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        busy = !waiting.isEmpty();
        return waiting.pollFirst();
    }

    private synchronized long behind(MediaUnit picture) {
        return waiting.isEmpty() ? 0 : waiting.getLast().dtsMillis() - picture.dtsMillis();
    }

    /** Makes what waits and ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
