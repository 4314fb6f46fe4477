package dev.weir.tiktokshop.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How are calls that TikTok takes one by one made side by side? Eight at a time: one after the other they would take as long as the
 * way there and back, which is longer than the quota asks for. The quota itself is the budget's.
 */
final class Abreast {
    private static final int WIDTH = 8;

    private Abreast() {}

    /** What {@code work} makes of each item, in their order. The first failure ends it: no more are begun, and it is thrown. */
    static <T, R> List<R> each(List<T> items, Function<T, R> work) {
        AtomicBoolean stopped = new AtomicBoolean();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(WIDTH, Thread.ofVirtual().factory())) {
            List<Future<@Nullable R>> made = new ArrayList<>();
            for (T item : items) {
                made.add(pool.submit(() -> stopped.get() ? null : worked(item, work, stopped)));
            }
            return results(made);
        }
    }

    private static <T, R> R worked(T item, Function<T, R> work, AtomicBoolean stopped) {
        try {
            return work.apply(item);
        } catch (RuntimeException e) {
            stopped.set(true);
            throw e;
        }
    }

    private static <R> List<R> results(List<Future<@Nullable R>> made) {
        List<R> results = new ArrayList<>();
        @Nullable RuntimeException failure = null;
        for (Future<@Nullable R> each : made) {
            try {
                R result = each.get();
                if (result != null) {
                    results.add(result);
                }
            } catch (ExecutionException e) {
                failure = failure == null && e.getCause() instanceof RuntimeException cause ? cause : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ChannelException(Fault.OUTCOME_UNKNOWN, "interrupted among calls side by side", null, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }
}
