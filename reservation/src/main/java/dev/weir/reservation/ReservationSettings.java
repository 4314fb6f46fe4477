package dev.weir.reservation;

import java.time.Duration;

/**
 * How long do promises last, and how long may their parts take to answer?
 *
 * @param holdFor life of a hold; 1 s..10 min, default 90 s
 * @param payingFor once more when payment starts; 1 s..30 min, default 180 s
 * @param redisTimeout after which Redis counts as away; 10 ms..5 s, default 200 ms
 * @param grantTimeout how long a buyer waits for the ledger before {@link HoldOutcome.Unavailable}; 100 ms..30 s, default 3 s
 * @param serverTime true: PostgreSQL decides by its own clock when a hold is over, whatever a hub's clock says
 *     (default, right for many hubs); false: the module's clock decides, for a clock that is not the wall's
 */
public record ReservationSettings(
        Duration holdFor, Duration payingFor, Duration redisTimeout, Duration grantTimeout, boolean serverTime) {

    /** Refuses what is out of range, naming it. */
    public ReservationSettings {
        within("holdFor", holdFor, Duration.ofSeconds(1), Duration.ofMinutes(10));
        within("payingFor", payingFor, Duration.ofSeconds(1), Duration.ofMinutes(30));
        within("redisTimeout", redisTimeout, Duration.ofMillis(10), Duration.ofSeconds(5));
        within("grantTimeout", grantTimeout, Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    /** 90 s, 180 s, 200 ms, 3 s, at the servers' time. */
    public static ReservationSettings defaults() {
        return new ReservationSettings(
                Duration.ofSeconds(90), Duration.ofSeconds(180), Duration.ofMillis(200), Duration.ofSeconds(3), true);
    }

    /** These, with holds that end by the module's clock. */
    public ReservationSettings atModuleTime() {
        return new ReservationSettings(holdFor, payingFor, redisTimeout, grantTimeout, false);
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }
}
