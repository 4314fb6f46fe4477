package dev.weir.bench.spread;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * When does each other shop show what was sold at one? Every SKU is sold at one shop alone, so that nothing but the hub lowers its level
 * at the others.
 */
public final class Spread {
    private static final List<String> SHOPS = List.of("shopify", "magento", "tiktok-shop", "instagram");
    /** Those that push their orders. */
    private static final List<String> SOURCES = List.of("tiktok-shop", "shopify");

    private static final long PATIENCE_SECONDS = 30;

    /** The sandbox answers from the hub's own process: who looks more often slows down what is looked at. */
    private static final long BETWEEN_LOOKS = 100;

    private final Shelves shelves;
    private final List<Item> items = new ArrayList<>();
    private final List<Long> looks = new ArrayList<>();

    private Spread(Shelves shelves) {
        this.shelves = shelves;
    }

    private record Item(String sku, String source, Map<String, Watched> others) {}

    /**
     * What was seen; nanoseconds.
     *
     * @param looks how long a look at all four took: what is seen is so much late at the most
     * @param took one for each sale and each other shop, by the shop that it became known at
     * @param wallNanos of all sales
     */
    public record Seen(long[] looks, Map<String, long[]> took, long wallNanos) {}

    /** Sells {@code perSecond} units for so many seconds, however slow the shops are, and watches until all is shown. */
    public static Seen of(Shelves shelves, double perSecond, int seconds) throws Exception {
        return new Spread(shelves).run(perSecond, seconds);
    }

    private Seen run(double perSecond, int seconds) throws Exception {
        Map<String, Map<String, Integer>> before = new TreeMap<>();
        for (String shop : SHOPS) {
            before.put(shop, shelves.levels(shop));
        }
        List<Item> sales = sales((int) (perSecond * seconds), before);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> selling = threads.submit(() -> sell(threads, sales, perSecond));
            watch(selling);
            Map<String, long[]> took = new LinkedHashMap<>();
            SHOPS.forEach(shop -> took.put(shop, took(shop)));
            return new Seen(array(looks), took, selling.get());
        }
    }

    /** Each time of what there is most of, so that a shelf is empty nowhere. */
    private List<Item> sales(int count, Map<String, Map<String, Integer>> before) throws IOException {
        Map<Item, Integer> left = new LinkedHashMap<>();
        for (String sku : skus(before)) {
            Item item = item(sku, SOURCES.get(items.size() % SOURCES.size()), before);
            items.add(item);
            left.put(
                    item,
                    before.values().stream()
                                    .mapToInt(levels -> levels.getOrDefault(sku, 0))
                                    .min()
                                    .orElse(0)
                            - 1);
        }
        List<Item> sales = new ArrayList<>();
        while (sales.size() < count) {
            Item most = Collections.max(left.entrySet(), Map.Entry.comparingByValue())
                    .getKey();
            if (left.merge(most, -1, Integer::sum) < 0) {
                throw new IOException("stock: " + sales.size() + " units (expected: " + count
                        + "; start the demo with --fresh, or sell fewer)");
            }
            sales.add(most);
        }
        return sales;
    }

    private static Set<String> skus(Map<String, Map<String, Integer>> before) {
        Set<String> skus = new TreeSet<>();
        before.values().forEach(levels -> skus.addAll(levels.keySet()));
        return skus;
    }

    private static Item item(String sku, String source, Map<String, Map<String, Integer>> before) {
        Map<String, Watched> others = new HashMap<>();
        before.forEach((shop, levels) -> {
            if (!shop.equals(source)) {
                others.put(shop, new Watched(levels.getOrDefault(sku, 0)));
            }
        });
        return new Item(sku, source, others);
    }

    private long sell(ExecutorService threads, List<Item> sales, double perSecond)
            throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < sales.size(); i++) {
            Item item = sales.get(i);
            LockSupport.parkNanos(began + (long) (i * 1e9 / perSecond) - System.nanoTime());
            all.add(threads.submit((Callable<Void>) () -> {
                long from = System.nanoTime();
                item.others().values().forEach(one -> one.sold(from));
                shelves.buy(item.source(), item.sku());
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        return System.nanoTime() - began;
    }

    private void watch(Future<Long> selling) throws Exception {
        long until = Long.MAX_VALUE;
        while (!selling.isDone() || !isAllShown()) {
            long from = System.nanoTime();
            for (String shop : SHOPS) {
                Map<String, Integer> levels = shelves.levels(shop);
                long now = System.nanoTime();
                for (Item item : items) {
                    Watched watched = item.others().get(shop);
                    if (watched != null) {
                        watched.shows(levels.getOrDefault(item.sku(), 0), now);
                    }
                }
            }
            looks.add(System.nanoTime() - from);
            if (selling.isDone() && until == Long.MAX_VALUE) {
                selling.get();
                until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            }
            if (System.nanoTime() > until) {
                throw new IOException("sales: not all shown " + PATIENCE_SECONDS + " s after the last");
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS);
        }
    }

    private boolean isAllShown() {
        return items.stream().flatMap(item -> item.others().values().stream()).allMatch(Watched::isAllShown);
    }

    private long[] took(String shop) {
        return array(items.stream()
                .flatMap(item -> Stream.ofNullable(item.others().get(shop)))
                .flatMap(one -> one.took().stream())
                .toList());
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
