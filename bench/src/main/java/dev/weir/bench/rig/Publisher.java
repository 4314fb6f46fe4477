package dev.weir.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Who is the host of a measurement? Publishes a clip over and over in real time without encoding, so that it costs next
 * to nothing. When the server goes away it comes back each 500 ms, where the clip then is. Thread-safe.
 */
public final class Publisher implements AutoCloseable {

    private static final long RETRY_NANOS = 500_000_000L;

    /** Is told of each frame just before it is written to the socket. */
    @FunctionalInterface
    public interface Sent {

        /**
         * One frame goes out.
         *
         * @param shownMillis when a picture is shown, on the stream's timeline; its time for a sound
         */
        void frame(FlvClip.Tag tag, long shownMillis);
    }

    private final URI url;
    private final FlvClip clip;
    private final Sent sent;
    private final AtomicLong units = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong sentMillis = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean paused;

    private Publisher(URI url, FlvClip clip, Sent sent) {
        this.url = url;
        this.clip = clip;
        this.sent = sent;
        this.thread = Thread.ofVirtual().name("publisher").unstarted(this::run);
    }

    /** Begins to publish under {@code rtmp://host:port/app/key}. */
    public static Publisher start(String url, FlvClip clip, Sent sent) {
        var publisher = new Publisher(URI.create(url), clip, sent);
        publisher.thread.start();
        return publisher;
    }

    private void run() {
        while (!closed) {
            try (RtmpConnection connection = RtmpConnection.publish(url)) {
                sessions.incrementAndGet();
                play(connection);
                connection.end();
            } catch (IOException e) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void play(RtmpConnection connection) throws IOException {
        for (FlvClip.Tag tag : clip.setup()) {
            connection.send(tag, 0);
        }
        long start = System.nanoTime();
        for (long offset = 0; !closed; offset += clip.loopMillis()) {
            for (FlvClip.Tag tag : clip.frames()) {
                long due = start + TimeUnit.MILLISECONDS.toNanos(offset + tag.millis());
                LockSupport.parkNanos(due - System.nanoTime());
                long held = pause();
                start += held;
                if (closed) {
                    return;
                }
                late.accumulateAndGet(System.nanoTime() - due - held, Math::max);
                sent.frame(tag, offset + tag.shownMillis());
                connection.send(tag, offset + tag.millis());
                units.incrementAndGet();
                sentMillis.set(offset + tag.millis());
            }
        }
    }

    /** The time it held still. */
    private long pause() {
        long from = System.nanoTime();
        while (paused && !closed) {
            LockSupport.parkNanos(20_000_000L);
        }
        return System.nanoTime() - from;
    }

    /** Holds still without leaving, so that everything on its way can arrive; or goes on. */
    public void pause(boolean hold) {
        paused = hold;
    }

    /** Frames written so far. */
    public long units() {
        return units.get();
    }

    /** How much of the clip it has written since it was let in the last time, in milliseconds. */
    public long sentMillis() {
        return sentMillis.get();
    }

    /** Times it was let in. */
    public long sessions() {
        return sessions.get();
    }

    /** The longest that a frame was written after its time, in milliseconds: how busy this machine is. */
    public long worstDelayMillis() {
        return TimeUnit.NANOSECONDS.toMillis(late.get());
    }

    /** Ends the stream cleanly and waits at most 2 s. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
