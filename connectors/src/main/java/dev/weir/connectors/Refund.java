package dev.weir.connectors;

import java.time.Instant;
import java.util.List;

/**
 * What was given back for an order: money, units or both?
 *
 * @param externalId the shop's id of the refund; makes intake idempotent
 * @param orderExternalId the shop's id of the order it belongs to
 * @param restocked lines whose units are sellable again; may be empty
 * @param amount money returned, 0 or more
 */
public record Refund(String externalId, String orderExternalId, Instant at, List<OrderLine> restocked, Money amount) {
    /** Copies the lines. */
    public Refund {
        restocked = List.copyOf(restocked);
    }
}
