package dev.weir.simulcast;

import dev.weir.simulcast.internal.srt.SrtSeats;
import java.io.IOException;

/**
 * How does an encoder get in by SRT? Each live listens on a UDP port of its own.
 *
 * <p>The caller needs the passphrase and the live's streamid: either plain, or in SRT's access control form
 * {@code #!::r=NAME,m=publish}; the stream key names the live as well as its name does. The streamid is read from the
 * handshake (draft-sharabayko-srt-01 section 3.2.1.3) before FFmpeg's libsrt, which is the transport, sees the caller;
 * one with another live's is refused with libsrt's code 1403, one without any with 1401, one that cannot be read with
 * 1400, one that came to watch with 1405. H.264 and AAC in an MPEG transport stream. A second caller that passes takes
 * over from the first; a caller that vanishes is noticed after 5 s of silence. Thread-safe.
 */
public final class SrtListener implements AutoCloseable {

    private final SrtSeats seats;

    private SrtListener(SrtSeats seats) {
        this.seats = seats;
    }

    /**
     * Begins to listen, on threads of its own.
     *
     * @throws IllegalStateException when the port is taken
     */
    public static SrtListener start(SrtConfig config, PublishAuth auth) {
        try {
            return new SrtListener(SrtSeats.open(config, auth));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "SRT address: %s:%d (expected: free to bind)".formatted(config.host(), config.port()), e);
        }
    }

    /** The port in use, also when 0 was asked for. */
    public int port() {
        return seats.port();
    }

    /** True while a caller is connected, let in or not. */
    public boolean occupied() {
        return seats.occupied();
    }

    /** Disconnects the caller, stops listening and waits at most 2 s. */
    @Override
    public void close() {
        seats.close();
    }
}
