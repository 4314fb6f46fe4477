package dev.weir.routes;

import java.time.Instant;
import java.util.UUID;

/** Who is told that a shop's grant ends? Implemented by the hub, which keeps the grants. Thread-safe. */
@FunctionalInterface
public interface AccessNotices {
    /**
     * The operator is needed before {@code ends}, or now. Joins the caller's transaction; repeatable. What was said before the operator
     * last renewed the grant is of no consequence.
     *
     * @param reason in the platform's words
     * @param saidAt when the platform said so
     */
    void lapsing(UUID connectionId, Instant ends, String reason, Instant saidAt);
}
