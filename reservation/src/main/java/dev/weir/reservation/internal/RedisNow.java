package dev.weir.reservation.internal;

import java.time.Instant;

/** Which time do the scripts go by? */
@FunctionalInterface
interface RedisNow {
    /** {@code now} in milliseconds since 1970, or {@code 0} for the server's own clock. */
    String argument(Instant now);
}
