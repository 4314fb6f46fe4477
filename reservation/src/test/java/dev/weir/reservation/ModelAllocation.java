package dev.weir.reservation;

import java.time.Duration;

/** How many units of one SKU are the channel's own? The table of {@link Allocations} in plain words. */
final class ModelAllocation {
    int units;
    /** Fewer than {@link #units}; -1 when it is steady. */
    int target = -1;

    private boolean toldTarget;
    private boolean confirmed;
    private Duration freeAt = Duration.ZERO;

    int promised() {
        return target < 0 ? units : target;
    }

    /** Answers in words; {@code free} units are nobody's. */
    String resize(int size, int free) {
        if (size < promised()) {
            target = size;
            toldTarget = false;
            confirmed = false;
        } else if (size >= units) {
            units += Math.min(size - units, free);
            target = -1;
        } else {
            target = size;
        }
        return target < 0 ? "set " + units + " missing " + Math.max(0, size - units) : "shrinking to " + target;
    }

    /** Who has nothing of its own sees what is free. */
    int publish(int free) {
        toldTarget = true;
        return units == 0 ? free : promised();
    }

    void confirm(Duration drained) {
        if (target >= 0 && toldTarget && !confirmed) {
            confirmed = true;
            freeAt = drained;
        }
    }

    void settle(Duration now) {
        if (target >= 0 && confirmed && freeAt.compareTo(now) <= 0) {
            units = target;
            target = -1;
        }
    }

    /** The channel sold {@code sold}, at most all. */
    void take(int sold) {
        units -= sold;
        if (units <= target) {
            target = -1;
        }
    }
}
