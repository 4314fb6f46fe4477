package dev.weir.bench.fire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is there at once? Buyers, one after the other in as many places as there are; channels and a shopkeeper. */
final class Crowd {
    private final History history;
    private final FireSettings settings;
    private final boolean whole;
    private final long seed;
    private final AtomicInteger buyers = new AtomicInteger();

    /** {@code whole}: with all that a shop with channels and bundles can be asked. */
    Crowd(History history, FireSettings settings, boolean whole, long seed) {
        this.history = history;
        this.settings = settings;
        this.whole = whole;
        this.seed = seed;
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    /** Lets them all in until {@code untilNanos}; returns when the last has left. */
    void run(long untilNanos) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Task task : tasks(untilNanos)) {
                all.add(threads.submit(() -> {
                    task.run();
                    return null;
                }));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }
    }

    private List<Task> tasks(long until) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < settings.buyers(); i++) {
            int place = i;
            Random random = new Random(seed * 1_000 + place);
            tasks.add(() -> buyers.addAndGet(new Buyers(history, settings, whole, random).run("b" + place, until)));
        }
        Shopkeeper keeper = new Shopkeeper(history, settings, seed);
        tasks.add(() -> keeper.bringMore(until));
        if (whole) {
            tasks.add(() -> keeper.allocate(until));
            tasks.add(() -> keeper.recompose(until));
            for (Wares.Own own : Wares.allocated()) {
                Random random = new Random(seed * 1_000 + own.hashCode());
                tasks.add(() -> new ChannelSeller(history, settings, own, random).run(until));
            }
        }
        return tasks;
    }

    /** How many buyers came. */
    int buyers() {
        return buyers.get();
    }
}
