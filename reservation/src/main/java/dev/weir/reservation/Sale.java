package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.util.Map;

/**
 * Which units move, because of what?
 *
 * @param quantities 1 or more each
 * @param channel the channel whose allocation is used first
 * @param cause an id that the movement's row keeps, such as {@code order/<id>}
 */
public record Sale(String brand, String channel, Map<Sku, Integer> quantities, String cause) {
    /** Copies the quantities. */
    public Sale {
        quantities = Map.copyOf(quantities);
    }
}
