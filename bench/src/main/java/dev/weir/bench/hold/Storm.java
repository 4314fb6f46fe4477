package dev.weir.bench.hold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** How often can many do the same thing at once, and how long does each wait? */
public final class Storm {

    private static final int MOST_TIMES = 1 << 17;

    /** One go of one of many. */
    @FunctionalInterface
    public interface Go {

        /** Does it, the {@code round}th time for {@code who}. */
        void run(int who, int round) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param perSecond goes a second, all together
     * @param p50Micros half waited no longer than so many µs
     * @param p99Micros 99 of 100 waited no longer than so many µs
     */
    public record Result(String name, double perSecond, long p50Micros, long p99Micros) {

        /** One line. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%-52s %,10.0f /s   p50 %7.2f ms   p99 %7.2f ms",
                    name,
                    perSecond,
                    p50Micros / 1000.0,
                    p99Micros / 1000.0);
        }
    }

    private Storm() {}

    /** Lets {@code many} do it for so long. */
    public static Result run(String name, int many, int seconds, Go go) throws Exception {
        var start = new CountDownLatch(1);
        List<Future<long[]>> all = new ArrayList<>();
        long began;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                int who = i;
                all.add(threads.submit(() -> {
                    start.await();
                    return times(who, seconds, MOST_TIMES / many, go);
                }));
            }
            began = System.nanoTime();
            start.countDown();
        }
        double took = (System.nanoTime() - began) / 1e9;
        long count = 0;
        List<long[]> kept = new ArrayList<>();
        for (Future<long[]> one : all) {
            long[] times = one.get();
            count += times[0];
            kept.add(Arrays.copyOfRange(times, 1, (int) Math.min(times.length, times[0] + 1)));
        }
        long[] sorted = kept.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(name, count / took, at(sorted, 0.5), at(sorted, 0.99));
    }

    /** Lets it be done so often a second, however slow the answers are; each waits from when it was due. */
    public static Result paced(String name, double perSecond, int seconds, Go go) throws Exception {
        int count = (int) (perSecond * seconds);
        long[] times = new long[count];
        List<Future<?>> all = new ArrayList<>();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int index = i;
                long due = began + (long) (i * 1e9 / perSecond);
                LockSupport.parkNanos(due - System.nanoTime());
                all.add(threads.submit(() -> {
                    go.run(index, 0);
                    times[index] = (System.nanoTime() - due) / 1000;
                    return null;
                }));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }
        double took = (System.nanoTime() - began) / 1e9;
        Arrays.sort(times);
        return new Result(name, count / took, at(times, 0.5), at(times, 0.99));
    }

    /** How often, and then how long the first ones took, in µs. */
    private static long[] times(int who, int seconds, int most, Go go) throws Exception {
        long[] times = new long[most + 1];
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        int round = 0;
        for (long now = System.nanoTime(); now < until; round++) {
            go.run(who, round);
            long then = System.nanoTime();
            if (round < most) {
                times[round + 1] = (then - now) / 1000;
            }
            now = then;
        }
        times[0] = round;
        return times;
    }

    private static long at(long[] sorted, double quantile) {
        return sorted.length == 0 ? 0 : sorted[(int) (quantile * (sorted.length - 1))];
    }
}
