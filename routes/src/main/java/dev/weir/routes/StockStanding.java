package dev.weir.routes;

import java.time.Duration;
import java.util.UUID;

/**
 * How far is one shop behind the stock?
 *
 * @param waiting levels that it is still to be told by this hub, those that nobody waits for among them
 * @param behind how long ago the oldest change that it does not show yet reached this hub; 0 when it shows everything
 */
public record StockStanding(UUID connectionId, String channel, int waiting, Duration behind) {}
