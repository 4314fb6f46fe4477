package dev.weir.bench.catalogue;

import dev.weir.bench.rig.Ports;
import dev.weir.connectors.http.BudgetRedis;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.RateBudget;
import dev.weir.connectors.http.RateBudget.Outcome;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.embedded.RedisServer;

/** Two hubs that call one platform as much as they may. */
public final class DropRun {
    private static final int CALLERS = 6;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final StrictBudget.Case platform;
    private final UUID shop = UUID.randomUUID();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Queue<Long> waits = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();

    private DropRun(StrictBudget.Case platform) {
        this.platform = platform;
    }

    /**
     * @param used share of what was allowed, 0..1
     * @param waits of the first lane's calls, in nanoseconds
     * @param wallNanos how long it was measured
     */
    public record Result(double used, long[] waits, long wallNanos) {}

    /** Calls for so many seconds, after what a full bucket holds is gone; {@code first} is the lane that must not wait. */
    public static Result of(StrictBudget.Case platform, int seconds, Lane first)
            throws IOException, InterruptedException {
        int port = Ports.free();
        RedisServer redis = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        BudgetRedis address = new BudgetRedis(List.of(RedisURI.create("127.0.0.1", port)), false, null);
        try (RateBudget one = RateBudget.shared(address);
                RateBudget other = RateBudget.shared(address)) {
            return new DropRun(platform).run(List.of(one, other), seconds, first);
        } finally {
            redis.stop();
        }
    }

    private Result run(List<RateBudget> hubs, int seconds, Lane first) throws InterruptedException {
        for (RateBudget hub : hubs) {
            awaitShared(hub);
        }
        for (RateBudget hub : hubs) {
            endless(hub, Lane.CATALOGUE);
            if (first == Lane.HOLD) {
                endless(hub, Lane.STOCK);
            }
        }
        drain(hubs.getFirst());
        double before = platform.platform().spent();
        long began = System.nanoTime();
        paced(hubs.getFirst(), first, 0.1, waits);
        if (first == Lane.HOLD) {
            paced(hubs.getLast(), Lane.ORDER, 0.2, new ConcurrentLinkedQueue<>());
        }
        TimeUnit.SECONDS.sleep(seconds);
        double took = (System.nanoTime() - began) / 1e9;
        double used =
                (platform.platform().spent() - before) / platform.platform().allowed(took);
        isOver.set(true);
        for (Thread caller : callers) {
            caller.interrupt();
            caller.join();
        }
        return new Result(used, waits.stream().mapToLong(Long::longValue).toArray(), (long) (took * 1e9));
    }

    /** Two hubs that have not heard of each other yet would both believe that they are alone. */
    private void awaitShared(RateBudget hub) throws InterruptedException {
        while (!hub.view(shop, platform.terms().bucket()).shared()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Until who pushes a catalogue has to wait. */
    private void drain(RateBudget hub) throws InterruptedException {
        var bucket = platform.terms().bucket();
        while (hub.view(shop, bucket).remaining() > bucket.limit() * 0.7 && bucket.limit() > 10) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void endless(RateBudget hub, Lane lane) {
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                while (!isOver.get()) {
                    call(hub, lane);
                }
            }));
        }
    }

    private void paced(RateBudget hub, Lane lane, double share, Queue<Long> waited) {
        long between = (long) (1e9 * platform.cost() / (platform.platform().allowed(1) * share));
        callers.add(Thread.ofVirtual().start(() -> {
            try {
                while (!isOver.get()) {
                    TimeUnit.NANOSECONDS.sleep(between);
                    Thread.ofVirtual().start(() -> {
                        if (call(hub, lane) instanceof Outcome.Spent spent) {
                            waited.add(spent.waited().toNanos());
                        }
                    });
                }
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private Outcome call(RateBudget hub, Lane lane) {
        Outcome outcome =
                hub.spend(new RateBudget.Ask(shop, platform.terms().bucket(), lane, platform.cost(), LONGEST));
        if (outcome instanceof Outcome.Spent spent) {
            var answer = platform.platform().call(platform.cost());
            hub.settle(spent, platform.cost(), platform.terms().learn(answer).orElse(null));
        }
        return outcome;
    }
}
