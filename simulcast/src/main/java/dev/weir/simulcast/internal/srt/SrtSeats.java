package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.PublishAuth;
import dev.weir.simulcast.SrtConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is there always a seat free for the next caller? One waits while another is taken, so that an encoder which comes
 * back never meets a ghost of itself: it is served at once, and the publish hook ends the one before. Thread-safe.
 */
public final class SrtSeats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SrtSeats.class);
    /** One on air, one that it replaces and that is about to end, one that waits. */
    private static final int MOST = 3;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final SrtConfig config;
    private final PublishAuth auth;
    private final SrtFront front;
    private final Semaphore room = new Semaphore(MOST);
    private final Set<SrtSeat> seats = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private SrtSeats(SrtConfig config, PublishAuth auth, SrtFront front) {
        this.config = config;
        this.auth = auth;
        this.front = front;
    }

    /** Takes the port and begins to listen. */
    public static SrtSeats open(SrtConfig config, PublishAuth auth) throws IOException {
        var ids = new StreamIds(config.streamId(), config.key(), config.streamIdRequired());
        SrtFront front = SrtFront.open(new InetSocketAddress(config.host(), config.port()), ids);
        var seats = new SrtSeats(config, auth, front);
        Thread.ofVirtual().name("srt-" + front.port()).start(seats::run);
        return seats;
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                room.acquire();
                if (!next() && closed.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("SRT port {} interrupted", port());
        }
    }

    /** Offers a seat and waits until somebody sits there; false when it came to nothing. */
    private boolean next() {
        try {
            var seat = new SrtSeat(config, auth, this::leave);
            seats.add(seat);
            front.offer(seat);
            seat.start();
            if (closed.getCount() == 0) {
                seat.stop();
            }
            return seat.awaitCaller();
        } catch (IOException e) {
            room.release();
            LOG.warn("SRT port {}: no seat: {}", port(), e.getMessage());
            return false;
        }
    }

    private void leave(SrtSeat seat) {
        seats.remove(seat);
        room.release();
    }

    /** The port that callers find. */
    public int port() {
        return front.port();
    }

    /** True while a caller is connected. */
    public boolean occupied() {
        return seats.stream().anyMatch(SrtSeat::occupied);
    }

    /** Disconnects the callers and waits at most 2 s. */
    @Override
    public void close() {
        closed.countDown();
        seats.forEach(SrtSeat::stop);
        try {
            for (SrtSeat seat : seats) {
                seat.join(LONGEST_STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        front.close();
    }
}
