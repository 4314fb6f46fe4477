package dev.weir.routes;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of deliveries while the database is away, and how long are they kept?
 *
 * @param spool folder on this hub's own disk that takes deliveries in while the database is away, and is drained when it is back;
 *     null: they are refused with 503, and the platform sends them again
 * @param spoolBytes most bytes in it, 1 MiB..64 GiB; when they are used up deliveries are refused. Of no meaning without a folder
 * @param kept how long a delivery's row is kept after its end, 7 d..10 y; a repeat within that time has no second effect, and the
 *     platforms repeat for three days at most
 * @param personal how long headers, query and body are kept after the end, 1 h..{@code kept}; a delivery that nobody could handle
 *     loses them after {@code kept}
 */
public record IntakeSettings(@Nullable Path spool, long spoolBytes, Duration kept, Duration personal) {
    private static final long LEAST_SPOOL = 1L << 20;
    private static final long MOST_SPOOL = 64L << 30;
    private static final Duration LEAST_KEPT = Duration.ofDays(7);
    private static final Duration MOST_KEPT = Duration.ofDays(3_660);
    private static final Duration LEAST_PERSONAL = Duration.ofHours(1);

    /** Refuses values out of range, naming them. */
    public IntakeSettings {
        if (spool != null && (spoolBytes < LEAST_SPOOL || spoolBytes > MOST_SPOOL)) {
            throw new IllegalArgumentException(
                    "spoolBytes: " + spoolBytes + " (expected: " + LEAST_SPOOL + ".." + MOST_SPOOL + ")");
        }
        RoutesSettings.range("kept", kept, LEAST_KEPT, MOST_KEPT);
        RoutesSettings.range("personal", personal, LEAST_PERSONAL, kept);
    }

    /** No spool, rows 90 d, what may be personal 30 d. */
    public static IntakeSettings defaults() {
        return new IntakeSettings(null, 0, Duration.ofDays(90), Duration.ofDays(30));
    }

    /** The same with a spool. */
    public IntakeSettings withSpool(Path folder, long bytes) {
        return new IntakeSettings(folder, bytes, kept, personal);
    }
}
