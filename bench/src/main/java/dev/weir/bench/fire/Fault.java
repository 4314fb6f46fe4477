package dev.weir.bench.fire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What goes wrong, and when? A plan follows from its seed alone; how the threads of a run then meet does not.
 *
 * @param atMillis after the load began
 * @param hub which hub, for the kinds that strike one
 * @param forMillis how long; for a clock, how far off
 */
public record Fault(long atMillis, Kind kind, int hub, long forMillis) {

    /** What goes wrong? */
    public enum Kind {
        /** kill -9, then started again. */
        HUB_KILL,
        /** SIGSTOP for longer than a hold lives, then SIGCONT. */
        HUB_PAUSE,
        /** Its clock jumps by two minutes, and back. */
        HUB_CLOCK,
        /** kill -9, then an empty one on the same port. */
        REDIS_KILL,
        /** SIGSTOP, then SIGCONT. */
        REDIS_PAUSE,
        /** FLUSHALL. */
        REDIS_FLUSH,
        /** A replica that lags takes over behind the hubs' backs. */
        REDIS_FAILOVER,
        /** kill -9 of all its processes, then started on the same data. */
        POSTGRES_KILL,
        /** SIGSTOP of all its processes, then SIGCONT. */
        POSTGRES_PAUSE
    }

    private static final long CLOCK_JUMP = 120_000;

    /** One fault a second about, between the first tenth of the load and the last fifth. */
    static List<Fault> plan(long seed, int seconds, int hubs, long holdMillis, Set<Kind> kinds) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        Random random = new Random(seed);
        List<Kind> choice = List.copyOf(EnumSet.copyOf(kinds));
        List<Fault> plan = new ArrayList<>();
        long from = seconds * 100L;
        long span = seconds * 700L;
        for (int i = 0; i < Math.max(3, seconds * 2 / 3); i++) {
            Kind kind = choice.get(random.nextInt(choice.size()));
            long at = from + random.nextLong(span);
            plan.add(new Fault(at, kind, random.nextInt(hubs), length(kind, random, holdMillis)));
        }
        plan.sort(Comparator.comparingLong(Fault::atMillis));
        return List.copyOf(plan);
    }

    private static long length(Kind kind, Random random, long holdMillis) {
        return switch (kind) {
            case HUB_KILL, REDIS_KILL -> random.nextLong(800);
            case HUB_PAUSE -> holdMillis / 2 + random.nextLong(holdMillis + 500);
            case HUB_CLOCK -> random.nextBoolean() ? CLOCK_JUMP : -CLOCK_JUMP;
            case REDIS_PAUSE -> 100 + random.nextLong(holdMillis + 500);
            case REDIS_FLUSH -> 0;
            case REDIS_FAILOVER -> 200 + random.nextLong(1_000);
            case POSTGRES_KILL -> random.nextLong(500);
            case POSTGRES_PAUSE -> 100 + random.nextLong(holdMillis + 500);
        };
    }

    boolean strikes(Kind... kinds) {
        return Set.of(kinds).contains(kind);
    }

    @Override
    public String toString() {
        return atMillis + " ms " + kind
                + (strikes(Kind.HUB_KILL, Kind.HUB_PAUSE, Kind.HUB_CLOCK) ? " of hub " + hub : "") + " " + forMillis
                + " ms";
    }
}
