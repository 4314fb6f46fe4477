package dev.weir.simulcast;

import dev.weir.simulcast.internal.ffmpeg.AvInput;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import dev.weir.simulcast.internal.srt.SrtSession;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does an encoder get in by SRT? Each live listens on a UDP port of its own, for one caller at a time.
 *
 * <p>The transport is FFmpeg's libsrt, which does not tell a listener what {@code streamid} its caller sent. So the
 * port and the passphrase stand for the key, and any streamid is taken. H.264 and AAC in an MPEG transport stream. While
 * a caller is here the port answers nobody else; a ghost is noticed after 5 s of silence, and the port listens again
 * within a second of a caller's end. Thread-safe.
 */
public final class SrtListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SrtListener.class);
    /** Seven transport stream packets, the protocol's message, eight times over. */
    private static final int BUFFER = 8 * 1316;

    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final SrtConfig config;
    private final PublishAuth auth;
    private final int port;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile NativeGuard guard;
    private volatile boolean occupied;

    private SrtListener(SrtConfig config, PublishAuth auth, int port) {
        this.config = config;
        this.auth = auth;
        this.port = port;
        this.guard = new NativeGuard(config.passphrase());
        this.thread = Thread.ofPlatform().daemon().name("srt-" + port).unstarted(this::run);
    }

    /**
     * Begins to listen, on a thread of its own.
     *
     * @throws IllegalStateException when the port is taken
     */
    public static SrtListener start(SrtConfig config, PublishAuth auth) {
        var listener = new SrtListener(config, auth, freePort(config));
        listener.thread.start();
        return listener;
    }

    private static int freePort(SrtConfig config) {
        try (var probe = new DatagramSocket(new InetSocketAddress(config.host(), config.port()))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "SRT address: %s:%d (expected: free to bind)".formatted(config.host(), config.port()), e);
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                var current = new NativeGuard(config.passphrase());
                guard = current;
                if (!listen(current) && closed.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("SRT listener interrupted");
        } catch (RuntimeException e) {
            LOG.error("SRT listener on port {} ends", port, e);
        }
    }

    /** Waits for one caller and serves it; false when listening failed. */
    private boolean listen(NativeGuard current) {
        if (closed.getCount() == 0) {
            return true;
        }
        current.bind();
        current.allow(FOR_EVER);
        try (AvInput input = AvInput.open("srt://%s:%d".formatted(config.host(), port), options(), BUFFER)) {
            occupied = true;
            new SrtSession(config.key(), auth, current).serve(input);
            return true;
        } catch (NativeException e) {
            if (!current.isStopped()) {
                LOG.warn("SRT port {}: {}", port, e.getMessage());
            }
            return current.isStopped();
        } finally {
            occupied = false;
            current.unbind();
        }
    }

    private Map<String, String> options() {
        return Map.of(
                "mode", "listener",
                "passphrase", config.passphrase(),
                "latency", String.valueOf(config.latency().toNanos() / 1000));
    }

    /** The port in use, also when 0 was asked for. */
    public int port() {
        return port;
    }

    /** True while a caller is connected, let in or not. */
    public boolean occupied() {
        return occupied;
    }

    /** Disconnects the caller, stops listening and waits at most 2 s. */
    @Override
    public void close() {
        closed.countDown();
        guard.stop();
        try {
            thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
