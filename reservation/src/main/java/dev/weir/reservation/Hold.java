package dev.weir.reservation;

import dev.weir.connectors.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Which units are promised to one buyer, until when?
 *
 * @param preOrder those of its units that were not on hand when it was granted, in order of SKU; mostly none
 * @param expiresAt exclusive: at this instant the units are anyone's again
 */
public record Hold(
        UUID id,
        String brand,
        UUID showId,
        State state,
        Instant createdAt,
        Instant expiresAt,
        List<HoldRequest.Line> lines,
        Attribution attribution,
        List<PreOrder> preOrder) {

    /** Where does a hold stand? The legal moves are HELD→PAYING, HELD/PAYING→COMMITTED/RELEASED/EXPIRED. */
    public enum State {
        /** Promised for 90 s. */
        HELD,
        /** Payment is under way: once, 180 s more at most. */
        PAYING,
        /** Sold. */
        COMMITTED,
        /** Given back. */
        RELEASED,
        /** Its time ran out. */
        EXPIRED
    }

    /** Copies the lists. */
    public Hold {
        lines = List.copyOf(lines);
        preOrder = List.copyOf(preOrder);
    }

    /** A hold of units that are all on hand. */
    public Hold(
            UUID id,
            String brand,
            UUID showId,
            State state,
            Instant createdAt,
            Instant expiresAt,
            List<HoldRequest.Line> lines,
            Attribution attribution) {
        this(id, brand, showId, state, createdAt, expiresAt, lines, attribution, List.of());
    }

    /** What the buyer will pay for the lines. */
    public Money total() {
        return lines.stream()
                .map(line -> line.unitPrice().times(line.quantity()))
                .reduce(Money::plus)
                .orElseThrow();
    }
}
