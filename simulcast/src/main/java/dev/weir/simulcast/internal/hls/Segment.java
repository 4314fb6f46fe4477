package dev.weir.simulcast.internal.hls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One segment, growing part by part until it is complete. Guarded by the window's lock. */
final class Segment {

    final long sequence;
    final int init;
    final boolean discontinuity;
    final Instant startedAt;
    final List<Part> parts = new ArrayList<>();
    boolean complete;

    Segment(long sequence, int init, boolean discontinuity, Instant startedAt) {
        this.sequence = sequence;
        this.init = init;
        this.discontinuity = discontinuity;
        this.startedAt = startedAt;
    }

    long millis() {
        return parts.stream().mapToLong(Part::millis).sum();
    }

    /** The parts one after the other: exactly the bytes of the segment. */
    byte[] bytes() {
        var out = new Boxes(parts.stream().mapToInt(part -> part.bytes().length).sum());
        parts.forEach(part -> out.bytes(part.bytes()));
        return out.toByteArray();
    }

    String name() {
        return "seg-" + sequence + ".m4s";
    }

    String partName(int index) {
        return "part-" + sequence + "." + index + ".m4s";
    }
}
