package dev.weir.reservation;

import dev.weir.connectors.Sku;

/** Were there units for a sale that a channel made without asking? */
public sealed interface SaleOutcome {
    /** Taken. */
    record Taken() implements SaleOutcome {}

    /** Nothing was taken: the channel sold what was not there. The order must be shown as short. */
    record Shortfall(Sku sku, int asked, int available) implements SaleOutcome {}
}
