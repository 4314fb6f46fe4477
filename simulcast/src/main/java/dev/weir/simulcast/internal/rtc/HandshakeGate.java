package dev.weir.simulcast.internal.rtc;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * How many handshakes go on at a time? The others wait in line, first come, first served; no more can wait than there
 * are sessions. Thread-safe.
 */
final class HandshakeGate {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    HandshakeGate(int most) {
        this.free = most;
    }

    /** Runs the task now, or when a place becomes free; whoever ran must call {@link #done}. */
    void enter(Runnable start) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(start);
                return;
            }
            free--;
        }
        start.run();
    }

    /** A handshake is over: its place goes to the one that waits longest. */
    void done() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
