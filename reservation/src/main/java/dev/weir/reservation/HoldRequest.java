package dev.weir.reservation;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does a buyer ask to hold?
 *
 * @param idempotencyKey equal for repeats of one tap within a brand; 1..128 characters
 * @param buyer an opaque id of the buyer's session, or null
 * @param lines 1..20; several lines of one SKU are summed
 */
public record HoldRequest(
        String brand,
        UUID showId,
        String idempotencyKey,
        @Nullable String buyer,
        List<Line> lines,
        Attribution attribution) {
    /** Most lines of one hold. */
    public static final int MAX_LINES = 20;

    /** Most units of one line. */
    public static final int MAX_QUANTITY = 999;

    /** Most characters of an idempotency key. */
    public static final int MAX_KEY = 128;

    /** Refuses an empty or oversized request, naming what was wrong. */
    public HoldRequest {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new IllegalArgumentException("lines: " + lines.size() + " (expected: 1.." + MAX_LINES + ")");
        }
        if (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY) {
            throw new IllegalArgumentException(
                    "idempotencyKey: " + idempotencyKey.length() + " characters (expected: 1.." + MAX_KEY + ")");
        }
    }

    /** So many of one SKU, at the price shown at the tap. */
    public record Line(Sku sku, int quantity, Money unitPrice) {
        /** Refuses a quantity outside 1..{@link HoldRequest#MAX_QUANTITY}. */
        public Line {
            if (quantity < 1 || quantity > MAX_QUANTITY) {
                throw new IllegalArgumentException("quantity: " + quantity + " (expected: 1.." + MAX_QUANTITY + ")");
            }
        }
    }
}
