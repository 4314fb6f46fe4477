package dev.weir.connectors.http;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A line of callers before each bucket of a store. Thread-safe. */
final class LinedBudget implements RateBudget {
    private final Map<BucketStore.Key, Line> lines = new ConcurrentHashMap<>();
    private final BucketStore store;
    private final Waits waits;

    LinedBudget(BucketStore store, Waits waits) {
        this.store = store;
        this.waits = waits;
    }

    @Override
    public Outcome spend(Ask ask) {
        return line(BucketStore.Key.of(ask)).spend(ask);
    }

    @Override
    public void settle(Outcome.Spent spent, double charged, @Nullable Reading reading) {
        double known = Reading.charged(reading, charged);
        store.settle(spent, known, reading);
        if (reading != null || known < spent.ask().cost()) {
            line(BucketStore.Key.of(spent.ask())).changed();
        }
    }

    @Override
    public View view(UUID connection, BudgetTerms.Bucket bucket) {
        BucketStore.State state = store.look(connection, bucket);
        return new View(
                state.level(),
                state.limit(),
                state.refillPerSecond(),
                state.closedFor(),
                line(new BucketStore.Key(connection, bucket.name())).waiting(),
                state.shared());
    }

    @Override
    public void close() {
        store.close();
    }

    private Line line(BucketStore.Key key) {
        return lines.computeIfAbsent(key, none -> new Line(store, waits));
    }
}
