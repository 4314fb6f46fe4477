package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.Instant;

/** Did a hold turn PAYING? */
public sealed interface PayingOutcome {
    /** It lives until {@code until} now, exclusive. */
    record Started(Instant until) implements PayingOutcome {}

    /** It is past its time, PAYING already, or over. */
    record NotHeld() implements PayingOutcome {}

    /**
     * Too many units of {@code sku} are in payment already: {@code paying} of at most {@code most}. The hold stays what it is
     * and may be committed within its time; asking again later may succeed.
     */
    record ShareTaken(Sku sku, int paying, int most) implements PayingOutcome {}
}
