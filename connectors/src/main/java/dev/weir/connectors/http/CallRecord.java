package dev.weir.connectors.http;

import dev.weir.connectors.Fault;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call to a platform? Holds no address, header, body or message, since any of them may hold a secret.
 *
 * @param at when it was asked for
 * @param operation the channel's own word for it
 * @param bucket which of the connection's budgets it spent from; empty for the only one
 * @param expected cost of one try, in the bucket's units
 * @param charged sum of what its tries cost in the end, so far as known
 * @param waited for the budget, all tries together
 * @param took from sending to the last byte, all tries together
 * @param tries how often it was sent; 0 when it was refused here
 * @param status of the last answer; 0 for none
 * @param fault how it ended; null for well
 */
public record CallRecord(
        Instant at,
        String operation,
        Lane lane,
        String bucket,
        double expected,
        double charged,
        Duration waited,
        Duration took,
        int tries,
        int status,
        @Nullable Fault fault) {}
