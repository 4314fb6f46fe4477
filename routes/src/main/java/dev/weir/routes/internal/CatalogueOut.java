package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.live.Catalogue.Product;
import dev.weir.routes.CatalogueImport.Direction;
import dev.weir.routes.internal.CatalogueRuns.Counts;
import dev.weir.routes.internal.CatalogueRuns.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How do our products get to a shop that follows us, however many they are? Those that changed since it was sent them, in batches of
 * the platform's size, each noted with how far the run has come: what is killed goes on behind the last batch. A product that the shop
 * refuses keeps no other back. Stock of what the shop took is brought up to date as soon as the batch is. Thread-safe.
 *
 * <p>One writer a shop and hub: two that both find a SKU missing would list it twice.
 */
final class CatalogueOut {
    private static final int PAGE = 500;
    private static final int MOST = 5_000;

    private final Wiring wiring;
    private final CatalogueRuns runs;
    private final SentListings sent;
    private final BiConsumer<UUID, List<Sku>> listed;
    private final ConcurrentMap<UUID, ReentrantLock> writing = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** {@code listed} is told which SKUs a shop has now. */
    CatalogueOut(Wiring wiring, CatalogueRuns runs, SentListings sent, BiConsumer<UUID, List<Sku>> listed) {
        this.wiring = wiring;
        this.runs = runs;
        this.sent = sent;
        this.listed = listed;
    }

    /** Whether the shop is written our catalogue. */
    boolean follows(Connection connection) {
        return !Wiring.isBackend(connection)
                && wiring.channel(connection).capabilities().contains(Capability.CATALOGUE_WRITE);
    }

    /** Sends the shop all that it was not sent as it is; returns how many it took. */
    int push(Connection connection) {
        return alone(connection, () -> {
            Run run = runs.begin(connection.id(), Direction.OUT);
            try {
                return push(connection, run);
            } catch (ChannelException e) {
                runs.failed(run, FaultPolicy.reason(e));
                throw e;
            }
        });
    }

    /** Sends the shop those of {@code skus} that it was not sent as they are. */
    void push(Connection connection, List<Sku> skus) {
        alone(connection, () -> {
            int most = batchSize(connection);
            List<Product> due = due(connection, skus);
            for (int from = 0; from < due.size() && !closed; from += most) {
                write(connection, due.subList(from, Math.min(due.size(), from + most)), null, "", 0);
            }
            return due.size();
        });
    }

    /** Products of {@code skus} (1,000 at most are looked up at once) that the shop is to be sent. */
    List<Product> due(Connection connection, List<Sku> skus) {
        List<Product> due = new ArrayList<>();
        for (int from = 0; from < skus.size(); from += PAGE) {
            List<Sku> some = skus.subList(from, Math.min(skus.size(), from + PAGE));
            due.addAll(dueOf(connection, wiring.catalogue().find(connection.brand(), some)));
        }
        return due;
    }

    /** The shop does not know {@code skus} any more. */
    void forget(Connection connection, Collection<Sku> skus) {
        sent.forget(connection.id(), skus);
    }

    void close() {
        closed = true;
    }

    private int push(Connection connection, Run run) {
        int most = batchSize(connection);
        int taken = 0;
        int seen = 0;
        List<Product> batch = new ArrayList<>();
        String after = run.cursor() == null ? "" : run.cursor();
        List<Product> page;
        do {
            page = wiring.catalogue().list(connection.brand(), after, PAGE);
            Set<Sku> due = dueOf(connection, page).stream().map(Product::sku).collect(Collectors.toSet());
            for (Product product : page) {
                after = product.sku().value();
                seen++;
                if (due.contains(product.sku())) {
                    batch.add(product);
                }
                if (batch.size() == most) {
                    taken += write(connection, batch, run, after, seen);
                    batch.clear();
                    seen = 0;
                }
            }
        } while (page.size() == PAGE && !closed);
        taken += write(connection, batch, run, after, seen);
        if (!closed) {
            runs.ended(run);
        }
        return taken;
    }

    private List<Product> dueOf(Connection connection, List<Product> products) {
        if (products.isEmpty()) {
            return List.of();
        }
        Set<Sku> known = known(connection, products).keySet();
        return sent.due(connection.id(), products, known);
    }

    /** How many the shop took; all that became of the batch is noted at once. */
    private int write(Connection connection, List<Product> batch, @Nullable Run run, String cursor, int seen) {
        if (run != null) {
            runs.check(run);
        }
        Map<Sku, ChannelException> refused = new HashMap<>();
        List<Listing> taken =
                batch.isEmpty() ? List.of() : port(connection).write(ours(connection, batch), refused::put);
        wiring.transaction().executeWithoutResult(status -> {
            wiring.catalogue().putIds(connection.brand(), connection.id(), taken);
            sent.note(connection.id(), batch, refused);
            if (run != null) {
                runs.moved(run, cursor, new Counts(seen, taken.size(), refused.size(), 0));
            }
        });
        if (!taken.isEmpty()) {
            listed.accept(connection.id(), taken.stream().map(Listing::sku).toList());
        }
        return taken.size();
    }

    private List<Listing> ours(Connection connection, List<Product> products) {
        Map<Sku, Listing> known = known(connection, products);
        Map<Sku, Integer> available =
                wiring.published(connection, products.stream().map(Product::sku).toList()).stream()
                        .collect(Collectors.toMap(StockLevel::sku, StockLevel::available));
        return products.stream()
                .map(product -> ours(product, known.get(product.sku()), available.getOrDefault(product.sku(), 0)))
                .toList();
    }

    private Map<Sku, Listing> known(Connection connection, List<Product> products) {
        return wiring
                .catalogue()
                .listings(connection.id(), products.stream().map(Product::sku).toList())
                .stream()
                .collect(Collectors.toMap(Listing::sku, listing -> listing));
    }

    private static Listing ours(Product product, @Nullable Listing known, int available) {
        return new Listing(
                product.sku(),
                product.title(),
                product.price(),
                product.imageUrl(),
                known == null ? "" : known.externalId(),
                known == null ? null : known.stockRef(),
                available);
    }

    private int alone(Connection connection, IntSupplier work) {
        ReentrantLock lock = writing.computeIfAbsent(connection.id(), id -> new ReentrantLock());
        lock.lock();
        try {
            return work.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    private int batchSize(Connection connection) {
        return Math.clamp(port(connection).batchSize(), 1, MOST);
    }

    private CatalogueWrite port(Connection connection) {
        return wiring.channel(connection).catalogueWrite(connection);
    }
}
