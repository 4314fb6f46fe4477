package dev.weir.bench.fire;

import java.util.EnumSet;
import java.util.Set;

/**
 * How hot is the fire?
 *
 * @param seconds of load a run
 * @param hubs 1 or more
 * @param buyers at once; each visit is a buyer of its own, so a run sees thousands
 * @param holdMillis life of a hold, 1,000 or more: short, so that a run sees many end
 * @param payingMillis once more when payment starts, 1,000 or more
 * @param faults what may strike
 */
public record FireSettings(
        int seconds, int hubs, int buyers, long holdMillis, long payingMillis, Set<Fault.Kind> faults) {

    /** Copies the faults. */
    public FireSettings {
        faults = Set.copyOf(faults);
    }

    /** Three hubs, 48 buyers at once, holds of 2 s, 2 s more for payment, and every fault. */
    public static FireSettings of(int seconds) {
        return new FireSettings(seconds, 3, 48, 2_000, 2_000, EnumSet.allOf(Fault.Kind.class));
    }

    FireSettings with(Set<Fault.Kind> only) {
        return new FireSettings(seconds, hubs, buyers, holdMillis, payingMillis, only);
    }

    long lifeMillis() {
        return holdMillis + payingMillis;
    }
}
