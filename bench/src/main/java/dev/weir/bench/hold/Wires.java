package dev.weir.bench.hold;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Who asks over which connection? Over one that nobody uses now; whoever finds none waits for it. Thread-safe. */
public final class Wires {
    private final URI base;
    private final BlockingQueue<Place> places;

    /** At most so many to the host and port of {@code base}; none is open yet, and all take their turn. */
    public Wires(URI base, int most) {
        this.base = base;
        places = new ArrayBlockingQueue<>(most);
        for (int i = 0; i < most; i++) {
            places.add(new Place(null));
        }
    }

    /** Of a connection; null while it is to be opened. */
    private record Place(@Nullable Wire wire) {}

    /** One question over a connection. */
    @FunctionalInterface
    public interface Asking {
        /** Asks and waits. */
        Wire.Answer over(Wire wire) throws IOException;
    }

    /** Waits for a connection and asks; once more over a new one when it had lain idle for longer than the hub keeps it. */
    public Wire.Answer ask(Asking asking) throws IOException {
        Place place = next();
        Place after = new Place(null);
        try {
            Wire wire = place.wire();
            Wire.Answer answer;
            try {
                wire = wire == null ? new Wire(base) : wire;
                answer = asking.over(wire);
            } catch (IOException e) {
                if (place.wire() == null) {
                    throw e;
                }
                wire = new Wire(base);
                answer = asking.over(wire);
            }
            if (wire.isEnding()) {
                wire.close();
            } else {
                after = new Place(wire);
            }
            return answer;
        } finally {
            places.add(after);
        }
    }

    private Place next() throws IOException {
        try {
            return places.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while all connections were in use");
        }
    }
}
