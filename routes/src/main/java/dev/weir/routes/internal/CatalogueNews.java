package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Sku;
import dev.weir.live.Catalogue.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When is a shop that follows us sent a product that is new or has changed, in whole or in its price alone? A moment later, together with the others of that moment, on
 * a thread of the shop's own: whoever noticed does not wait. Past {@link #MOST} SKUs a shop is only remembered to be due for all of
 * them. What waits is in memory only: the run at a hub's start finds what is still due, and {@link Following} within the hour. Thread-safe.
 */
final class CatalogueNews implements AutoCloseable {
    static final int MOST = 20_000;
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final FaultPolicy POLICY =
            new FaultPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), Integer.MAX_VALUE);

    private final Wiring wiring;
    private final CatalogueOut out;
    private final Meter meter;
    private final Map<UUID, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    CatalogueNews(Wiring wiring, CatalogueOut out) {
        this.wiring = wiring;
        this.out = out;
        this.meter = wiring.meter("catalogue-news", "Products that changed, to the shops that follow");
    }

    /** These products of the brand may have changed. */
    void changed(String brand, List<Sku> skus) {
        for (Connection connection : wiring.connections().active()) {
            if (connection.brand().equals(brand) && out.follows(connection)) {
                offer(connection, skus);
            }
        }
    }

    /** The shop may not have {@code skus} as they are. */
    void offer(Connection connection, List<Sku> skus) {
        List<Sku> due = out.due(connection, skus).stream().map(Product::sku).toList();
        if (!due.isEmpty() && !closed) {
            waiting.computeIfAbsent(connection.id(), Waiting::new).add(due);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Waiting {
        private final UUID connectionId;
        private final Set<Sku> skus = new LinkedHashSet<>();
        private boolean isAll;
        private boolean isRunning;

        Waiting(UUID connectionId) {
            this.connectionId = connectionId;
        }

        synchronized void add(Collection<Sku> due) {
            if (skus.size() + due.size() > MOST) {
                isAll = true;
                skus.clear();
            }
            if (!isAll) {
                skus.addAll(due);
            }
            if (!isRunning) {
                isRunning = true;
                Thread.ofVirtual().name("catalogue-news-" + connectionId).start(this::run);
            }
        }

        private void run() {
            int failures = 0;
            try {
                while (!closed && hasMore()) {
                    Thread.sleep(GATHER);
                    failures = turn(failures);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized boolean hasMore() {
            isRunning = isAll || !skus.isEmpty();
            return isRunning;
        }

        private int turn(int failures) throws InterruptedException {
            Connection connection = wiring.connections().find(connectionId).orElse(null);
            boolean all = takeAll();
            List<Sku> some = all ? List.of() : take();
            if (connection == null) {
                return 0;
            }
            try {
                if (all) {
                    out.push(connection);
                } else {
                    out.push(connection, some);
                }
                meter.ok(some.size());
                return 0;
            } catch (CatalogueRuns.Superseded elsewhere) {
                return 0;
            } catch (RuntimeException e) {
                meter.fail(connection + ": " + FaultPolicy.reason(e));
                return again(e, all, some, failures + 1);
            }
        }

        private int again(RuntimeException failure, boolean all, List<Sku> some, int failures)
                throws InterruptedException {
            switch (POLICY.decide(failure, failures)) {
                case FaultPolicy.Verdict.Retry retry -> {
                    Thread.sleep(retry.after());
                    putBack(all, some);
                }
                // The shop is sent everything when a person has changed its settings.
                case FaultPolicy.Verdict.Park park -> meter.state("Set aside: " + park.reason());
            }
            return failures;
        }

        private synchronized void putBack(boolean all, List<Sku> some) {
            isAll = isAll || all;
            if (!isAll) {
                skus.addAll(some);
            }
        }

        private synchronized boolean takeAll() {
            boolean was = isAll;
            isAll = false;
            return was;
        }

        private synchronized List<Sku> take() {
            List<Sku> taken = new ArrayList<>();
            for (Iterator<Sku> next = skus.iterator(); next.hasNext() && taken.size() < 5_000; next.remove()) {
                taken.add(next.next());
            }
            return taken;
        }
    }
}
