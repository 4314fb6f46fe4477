package dev.weir.connectors.http;

import dev.weir.connectors.Fault;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What do the tries of one call add up to? Used by the calling thread alone. */
final class Tally {
    private final Instant at;
    private final HttpCall call;
    private final BudgetTerms.Bucket bucket;
    private Duration waited = Duration.ZERO;
    private Duration took = Duration.ZERO;
    private double charged;
    private int tries;
    private int status;

    Tally(Instant at, HttpCall call, BudgetTerms.Bucket bucket) {
        this.at = at;
        this.call = call;
        this.bucket = bucket;
    }

    void waited(Duration length) {
        waited = waited.plus(length);
    }

    void tried(Duration length, int answered, double cost) {
        tries++;
        took = took.plus(length);
        status = answered;
        charged += cost;
    }

    CallRecord ended(@Nullable Fault fault) {
        return new CallRecord(
                at,
                call.operation(),
                call.lane(),
                bucket.name(),
                call.cost(),
                charged,
                waited,
                took,
                tries,
                status,
                fault);
    }
}
