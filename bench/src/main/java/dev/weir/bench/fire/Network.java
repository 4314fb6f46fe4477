package dev.weir.bench.fire;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What does the way between a buyer and a hub do to a request? Which fate meets which request follows from the seed.
 * Thread-safe.
 */
final class Network {

    /** What happens to one request. */
    enum Fate {
        /** It arrives, and so does its answer. */
        STRAIGHT,
        /** It arrives late. */
        LATE,
        /** A copy arrives later, at any hub. */
        TWICE,
        /** It arrives, and its answer does not. */
        UNHEARD,
        /** The buyer has given up when it arrives. */
        ABANDONED
    }

    /**
     * A fate.
     *
     * @param millis how late; of the copy for TWICE, 0 for STRAIGHT and UNHEARD
     * @param hub where the copy arrives
     */
    record Way(Fate fate, long millis, int hub) {}

    private static final Way STRAIGHT = new Way(Fate.STRAIGHT, 0, 0);
    private static final int LONGEST = 1_200;

    private final long seed;
    private final int hubs;
    private final boolean calm;
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    /** {@code calm}: every request goes straight. */
    Network(long seed, int hubs, boolean calm) {
        this.seed = seed;
        this.hubs = hubs;
        this.calm = calm;
    }

    /** The way of the next request of this kind. */
    Way way(Event.Op op, String id) {
        if (calm) {
            return STRAIGHT;
        }
        int time = asked.merge(op + " " + id, 1, Integer::sum);
        Random random = new Random(31L * Objects.hash(op.name(), id, time) + seed);
        // The first number of near seeds is near.
        random.nextInt();
        int what = random.nextInt(100);
        int hub = random.nextInt(hubs);
        int millis = random.nextInt(LONGEST);
        if (what < 6) {
            return new Way(Fate.LATE, millis / 3, hub);
        }
        if (what < 14) {
            return new Way(Fate.TWICE, millis, hub);
        }
        if (what < 17) {
            return new Way(Fate.UNHEARD, 0, hub);
        }
        return what < 19 ? new Way(Fate.ABANDONED, millis, hub) : STRAIGHT;
    }
}
