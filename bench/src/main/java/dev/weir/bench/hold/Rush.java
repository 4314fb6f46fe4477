package dev.weir.bench.hold;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** How is something done a number of times, many at once? */
public final class Rush {
    private static final int AT_ONCE = 64;

    /** One time. */
    @FunctionalInterface
    public interface Turn {

        /** Does it, the {@code number}th time. */
        void take(int number) throws Exception;
    }

    private Rush() {}

    /** Does it so often, 64 at once; throws what one of them threw. */
    public static void run(int times, Turn turn) throws Exception {
        var next = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < times; n = next.getAndIncrement()) {
                        turn.take(n);
                    }
                    return null;
                }));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }
    }
}
