package dev.weir.simulcast.internal.ffmpeg;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the native calls of one thread from lasting too long, and collects what they complain about. Bound to the
 * thread by {@link #bind}; {@link #stop} may be called by any thread.
 */
public final class NativeGuard {

    private static final ThreadLocal<@Nullable NativeGuard> CURRENT = new ThreadLocal<>();
    private static final int MAX_ERRORS = 8;
    private static final int ERROR_LEVEL = 16;

    private final String secret;
    private final Deque<String> errors = new ArrayDeque<>();
    private volatile long deadline;
    private volatile boolean stopped;
    private volatile boolean closing;
    private volatile boolean expired;

    /** A guard that keeps {@code secret} out of every text; empty when there is none. */
    public NativeGuard(String secret) {
        this.secret = secret;
        allow(Duration.ofSeconds(10));
    }

    static @Nullable NativeGuard current() {
        return CURRENT.get();
    }

    /** Guards the calls of this thread from now on. */
    public void bind() {
        CURRENT.set(this);
    }

    /** Ends the binding of this thread. */
    public void unbind() {
        CURRENT.remove();
    }

    /** The calls from now on may take so long together. */
    public void allow(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** The last calls: they may take so long, also after {@link #stop}. */
    void allowClosing(Duration time) {
        expired = timedOut();
        closing = true;
        allow(time);
    }

    /** Interrupts the call under way, if any, and all later ones. */
    public void stop() {
        stopped = true;
    }

    /** True after {@link #stop}. */
    public boolean isStopped() {
        return stopped;
    }

    boolean mustStop() {
        return (stopped && !closing) || System.nanoTime() - deadline > 0;
    }

    /** True when the time given by {@link #allow} ran out before the closing calls began. */
    public boolean timedOut() {
        return closing ? expired : System.nanoTime() - deadline > 0;
    }

    String log(int level, String text) {
        String clean = secret.isEmpty() ? text : text.replace(secret, "***");
        if (level <= ERROR_LEVEL) {
            if (errors.size() == MAX_ERRORS) {
                errors.removeFirst();
            }
            errors.addLast(clean);
        }
        return clean;
    }

    /** Error lines so far, oldest first; read by the guarded thread only. */
    public Iterable<String> errors() {
        return errors;
    }
}
