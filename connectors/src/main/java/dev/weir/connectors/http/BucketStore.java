package dev.weir.connectors.http;

import dev.weir.connectors.http.RateBudget.Ask;
import dev.weir.connectors.http.RateBudget.Outcome.Spent;
import dev.weir.connectors.http.RateBudget.Receipt;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where are the levels of the buckets kept? Asks never wait here. Thread-safe. */
interface BucketStore extends AutoCloseable {
    /** Takes what is asked for, or says when to try again. */
    Take take(Ask ask);

    void settle(Spent spent, double charged, @Nullable Reading reading);

    State look(UUID connection, BudgetTerms.Bucket bucket);

    @Override
    void close();

    /** Was it taken? */
    sealed interface Take {
        record Taken(Receipt receipt) implements Take {}

        /** {@code after} this, more than 0, there may be enough. */
        record NotYet(Duration after) implements Take {}
    }

    /** The figures of a bucket now. */
    record State(double level, double limit, double refillPerSecond, Duration closedFor, boolean shared) {}

    /** Which bucket is meant? */
    record Key(UUID connection, String bucket) {
        static Key of(Ask ask) {
            return new Key(ask.connection(), ask.bucket().name());
        }
    }
}
