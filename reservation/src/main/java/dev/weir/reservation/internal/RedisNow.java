package dev.weir.reservation.internal;

/** Which time do the scripts go by? */
@FunctionalInterface
interface RedisNow {
    /** Milliseconds since 1970, or {@code 0} for the server's own clock. */
    String argument();
}
