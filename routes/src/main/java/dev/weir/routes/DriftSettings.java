package dev.weir.routes;

import java.time.Duration;

/**
 * How often are shops compared with us, and how much may be healed without asking? Above any of the limits a run heals nothing by itself:
 * a spreadsheet that was imported at a shop is not to be fought.
 *
 * @param every from one comparison of a shop to the next, 1 min..7 d
 * @param heals whether comparisons by schedule heal; else they only report
 * @param mostSkus SKUs that one run may heal, 1..100,000
 * @param mostPercent of the SKUs that it looked at, 1..100; ten may always be healed, whatever their part in a small shop
 * @param mostWorth in minor units of each currency, of all that one run heals; 0: not looked at
 * @param window how far back orders are asked for, 1 h..60 d; further where the last comparison is older
 */
public record DriftSettings(
        Duration every, boolean heals, int mostSkus, int mostPercent, long mostWorth, Duration window) {
    /** Refuses values out of range, naming them. */
    public DriftSettings {
        range("every", every, Duration.ofMinutes(1), Duration.ofDays(7));
        range("mostSkus", mostSkus, 1, 100_000);
        range("mostPercent", mostPercent, 1, 100);
        range("mostWorth", mostWorth, 0, Long.MAX_VALUE);
        range("window", window, Duration.ofHours(1), Duration.ofDays(60));
    }

    /** Every hour; heals 500 SKUs or 5 percent at most, whatever they are worth; orders of 2 days. */
    public static DriftSettings defaults() {
        return new DriftSettings(Duration.ofHours(1), true, 500, 5, 0, Duration.ofDays(2));
    }

    private static void range(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }

    private static void range(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }
}
