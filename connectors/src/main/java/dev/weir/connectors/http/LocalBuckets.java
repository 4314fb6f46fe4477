package dev.weir.connectors.http;

import dev.weir.connectors.http.RateBudget.Ask;
import dev.weir.connectors.http.RateBudget.Outcome.Spent;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What do the buckets of this process hold? One for each budget of each connection that was used since the start. */
final class LocalBuckets implements BucketStore {
    private final Map<Key, LocalBucket> buckets = new ConcurrentHashMap<>();
    private final Waits waits;

    LocalBuckets(Waits waits) {
        this.waits = waits;
    }

    @Override
    public Take take(Ask ask) {
        return bucket(Key.of(ask), ask.bucket()).take(ask.bucket(), ask.lane(), ask.cost(), waits.nanos());
    }

    @Override
    public void settle(Spent spent, double charged, @Nullable Reading reading) {
        Ask ask = spent.ask();
        bucket(Key.of(ask), ask.bucket())
                .settle(ask.bucket(), ask.cost(), charged, spent.receipt(), reading, waits.nanos());
    }

    @Override
    public State look(UUID connection, BudgetTerms.Bucket bucket) {
        return bucket(new Key(connection, bucket.name()), bucket).look(bucket, waits.nanos());
    }

    @Override
    public void close() {}

    private LocalBucket bucket(Key key, BudgetTerms.Bucket terms) {
        return buckets.computeIfAbsent(key, none -> new LocalBucket(terms, terms.limit(), waits.nanos()));
    }
}
