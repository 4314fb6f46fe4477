package dev.weir.routes;

import java.util.Optional;

/** Can the channel of a sale be asked to call its order off? Asked before the remedy is offered. Thread-safe. */
@FunctionalInterface
public interface OrderCancels {
    /**
     * Why it cannot: the channel's fixed words when it lacks the ability. Empty when it can be asked; no call leaves the hub.
     *
     * @param cause of the sale, such as {@code order/<id>}
     */
    Optional<String> refusal(String brand, String cause);
}
