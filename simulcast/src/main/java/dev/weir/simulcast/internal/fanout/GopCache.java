package dev.weir.simulcast.internal.fanout;

import dev.weir.simulcast.MediaUnit;
import java.util.ArrayList;
import java.util.List;

/** The frames since the last key frame, so that a joiner sees a picture at once. Not thread-safe. */
public final class GopCache {

    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private static final int MAX_UNITS = 4096;

    private final List<MediaUnit> units = new ArrayList<>();
    private long bytes;

    /** Adds a frame; a GOP past the bounds is forgotten, and joiners then wait for its end. */
    public void add(MediaUnit unit) {
        if (unit.startsGop() || changedHeaders(unit)) {
            clear();
        }
        if (units.isEmpty() && !unit.startsGop()) {
            return;
        }
        units.add(unit);
        bytes += unit.size();
        if (bytes > MAX_BYTES || units.size() > MAX_UNITS) {
            clear();
        }
    }

    private boolean changedHeaders(MediaUnit unit) {
        return !units.isEmpty()
                && units.getLast().headers().version() != unit.headers().version();
    }

    /** Forgets all frames. */
    public void clear() {
        units.clear();
        bytes = 0;
    }

    /** The frames now, key frame first; empty when there is none. */
    public List<MediaUnit> units() {
        return List.copyOf(units);
    }

    /** Payload bytes of {@link #units}. */
    public long bytes() {
        return bytes;
    }
}
