package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.PublishAuth;
import dev.weir.simulcast.SrtConfig;
import dev.weir.simulcast.internal.ffmpeg.AvInput;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place for one caller: FFmpeg's listener on a loopback port, and then the caller's stream to its end. Used once, on
 * a thread of its own, since a native call keeps its thread.
 */
final class SrtSeat {

    private static final Logger LOG = LoggerFactory.getLogger(SrtSeat.class);
    /** Seven transport stream packets, the protocol's message, eight times over. */
    private static final int BUFFER = 8 * 1316;

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final SrtConfig config;
    private final PublishAuth auth;
    private final Consumer<SrtSeat> done;
    private final NativeGuard guard;
    private final int port;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<Boolean> taken = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile String caller = "unknown";
    private volatile boolean occupied;
    private volatile boolean goodbye;

    /** A seat on a free port; {@code done} is told when it is free for good. */
    SrtSeat(SrtConfig config, PublishAuth auth, Consumer<SrtSeat> done) throws IOException {
        this.config = config;
        this.auth = auth;
        this.done = done;
        this.guard = new NativeGuard(config.passphrase());
        try (var probe = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = probe.getLocalPort();
        }
        thread = Thread.ofPlatform().daemon().name("srt-seat-" + port).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    int port() {
        return port;
    }

    /** Keeps the seat for a caller whose handshake is under way; false when it is kept for another. */
    boolean claim(InetSocketAddress from) {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        caller = from.getAddress().getHostAddress();
        return true;
    }

    /** The caller that it was kept for did not come, or is gone. */
    void release() {
        claimed.set(occupied);
    }

    /** The caller itself says that it stops. */
    void sayGoodbye() {
        goodbye = true;
    }

    boolean saidGoodbye() {
        return goodbye;
    }

    String caller() {
        return caller;
    }

    boolean occupied() {
        return occupied;
    }

    /** Waits until somebody sits here; false when the listener failed or was stopped. */
    boolean awaitCaller() {
        return taken.join();
    }

    private void run() {
        guard.bind();
        guard.allow(FOR_EVER);
        try (AvInput input = AvInput.open("srt://127.0.0.1:" + port, options(), BUFFER)) {
            occupied = true;
            taken.complete(true);
            new SrtSession(this, config.key(), auth, guard).serve(input);
        } catch (NativeException e) {
            if (!guard.isStopped()) {
                LOG.warn("SRT seat {}: {}", port, e.getMessage());
            }
        } finally {
            occupied = false;
            guard.unbind();
            taken.complete(false);
            done.accept(this);
            ended.countDown();
        }
    }

    private Map<String, String> options() {
        return Map.of(
                "mode", "listener",
                "passphrase", config.passphrase(),
                "latency", String.valueOf(config.latency().toNanos() / 1000));
    }

    /** Ends what goes on here, without waiting. */
    void stop() {
        guard.stop();
    }

    /** Waits for the end, also of a seat that is about to begin. */
    void join(Duration atMost) throws InterruptedException {
        if (!ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("SRT seat {}: still busy after {}", port, atMost);
        }
    }
}
