package dev.weir.bench.hold;

import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Who asks over which connection? Over one that nobody uses now; one that failed is not used again. Thread-safe. */
public final class Wires {
    private final URI base;
    private final Queue<Wire> idle = new ConcurrentLinkedQueue<>();

    /** To the host and port of {@code base}; none is open yet. */
    public Wires(URI base) {
        this.base = base;
    }

    /** One question over a connection. */
    @FunctionalInterface
    public interface Asking {
        /** Asks and waits. */
        Wire.Answer over(Wire wire) throws IOException;
    }

    /** Opens so many. */
    public void open(int many) throws IOException {
        for (int i = 0; i < many; i++) {
            idle.add(new Wire(base));
        }
    }

    /** Asks over an open connection, or over a new one where all are used. */
    public Wire.Answer ask(Asking asking) throws IOException {
        Wire free = idle.poll();
        Wire wire = free == null ? new Wire(base) : free;
        Wire.Answer answer;
        try {
            answer = asking.over(wire);
        } catch (IOException e) {
            if (free == null) {
                throw e;
            }
            // It lay idle for longer than the hub keeps connections.
            wire = new Wire(base);
            answer = asking.over(wire);
        }
        if (wire.isEnding()) {
            wire.close();
        } else {
            idle.add(wire);
        }
        return answer;
    }
}
