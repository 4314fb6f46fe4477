package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.Duration;

/** What became of a request to hold? */
public sealed interface HoldOutcome {
    /** Promised. {@code token} is the bearer secret of the hold; only its hash is stored. */
    record Granted(Hold hold, String token, boolean repeated) implements HoldOutcome {}

    /** Not enough of {@code sku}: {@code asked} units summed over the lines, {@code available} 0 or more. */
    record SoldOut(Sku sku, int asked, int available) implements HoldOutcome {}

    /** No such SKU in the brand's stock. */
    record UnknownSku(Sku sku) implements HoldOutcome {}

    /** The buyer has {@code has} units of {@code sku} in this show, held or bought, and may have {@code cap}. */
    record OverCap(Sku sku, int cap, int has) implements HoldOutcome {}

    /** {@code sku} is only for buyers who say who they are. */
    record BuyerNeeded(Sku sku) implements HoldOutcome {}

    /** The idempotency key was used for another request. */
    record KeyReused(String idempotencyKey) implements HoldOutcome {}

    /** The ledger cannot be reached: nothing was granted, try again after the wait. */
    record Unavailable(Duration retryAfter) implements HoldOutcome {}
}
