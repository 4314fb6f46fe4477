package dev.weir.connectors;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which goods of an order are on their way, and how are they followed?
 *
 * @param externalId the id at whoever shipped; makes it idempotent
 * @param lines what left; empty for everything that had not left yet
 * @param carrier the carrier's own name, such as {@code DHL}; null when it was not said
 * @param tracking the carrier's number; null when there is none
 * @param link a page to follow it at; null when there is none
 */
public record Shipment(
        String externalId,
        Instant at,
        List<OrderLine> lines,
        @Nullable String carrier,
        @Nullable String tracking,
        @Nullable URI link) {
    /** Copies the lines. */
    public Shipment {
        lines = List.copyOf(lines);
    }
}
