package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.HlsResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One segment, growing part by part until it is complete. Guarded by the window's lock. */
final class Segment {

    final long sequence;
    final String name;
    final String init;
    /** True when it does not continue the one before. */
    final boolean discontinuity;
    /** Discontinuities since the packager began, this one's included. */
    final long discontinuities;

    final Instant startedAt;
    private List<Part> parts = new ArrayList<>();
    private long millis;
    private long bytes;
    private @Nullable HlsResource file;

    Segment(long sequence, String name, String init, boolean discontinuity, long discontinuities, Instant startedAt) {
        this.sequence = sequence;
        this.name = name;
        this.init = init;
        this.discontinuity = discontinuity;
        this.discontinuities = discontinuities;
        this.startedAt = startedAt;
    }

    void add(Part part) {
        parts.add(part);
        millis += part.millis();
        bytes += part.file().bytes().length;
    }

    /** The parts one after the other are exactly the bytes of the segment: copied here, once. */
    HlsResource complete() {
        var joined = new Boxes((int) bytes);
        parts.forEach(part -> joined.bytes(part.file().bytes()));
        HlsResource done = Files.segment(joined.takeBytes());
        file = done;
        return done;
    }

    /** Lets go of the parts and returns their names; the segment stays. */
    List<String> forgetParts() {
        List<String> names = parts.stream().map(Part::name).toList();
        parts = List.of();
        return names;
    }

    List<Part> parts() {
        return parts;
    }

    boolean isComplete() {
        return file != null;
    }

    @Nullable
    HlsResource file() {
        return file;
    }

    long millis() {
        return millis;
    }

    long bytes() {
        return bytes;
    }
}
