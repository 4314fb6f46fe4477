package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.live.Catalogue.Product;
import dev.weir.routes.CatalogueImport.Direction;
import dev.weir.routes.internal.CatalogueRuns.Counts;
import dev.weir.routes.internal.CatalogueRuns.Run;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * How do a shop's listings come in, however many they are? Page by page, each with the cursor behind it in one transaction: what is
 * killed at any moment goes on behind the last page, and no more than a page is in memory. Thread-safe.
 */
final class CatalogueIn {
    private static final int TRIES = 3;

    private final Wiring wiring;
    private final CatalogueRuns runs;
    private final PublishedLevels published;
    private final BiConsumer<String, List<Sku>> changed;

    /** {@code changed} is told of the brand's SKUs that may have changed, after each page. */
    CatalogueIn(Wiring wiring, CatalogueRuns runs, PublishedLevels published, BiConsumer<String, List<Sku>> changed) {
        this.wiring = wiring;
        this.runs = runs;
        this.published = published;
        this.changed = changed;
    }

    /** Reads all of the shop, or the rest of it. */
    void read(Connection connection) {
        Run run = runs.begin(connection.id(), Direction.IN);
        try {
            readOrAgain(connection, run);
            runs.ended(run);
        } catch (ChannelException e) {
            runs.failed(run, FaultPolicy.reason(e));
            throw e;
        }
    }

    /** A cursor that the shop refuses before it has answered with anything is one that it no longer knows. */
    private void readOrAgain(Connection connection, Run run) {
        AtomicInteger pages = new AtomicInteger();
        try {
            read(connection, run, pages);
        } catch (ChannelException e) {
            boolean isForgotten = e.fault() == Fault.REJECTED || e.fault() == Fault.NOT_FOUND;
            if (run.cursor() == null || pages.get() > 0 || !isForgotten) {
                throw e;
            }
            read(connection, runs.again(run), pages);
        }
    }

    private void read(Connection connection, Run run, AtomicInteger pages) {
        wiring.channel(connection).catalogueRead(connection).read(run.cursor(), (listings, next) -> {
            pages.incrementAndGet();
            take(connection, run, listings, next);
        });
    }

    private void take(Connection connection, Run run, List<Listing> listings, @Nullable String next) {
        for (int attempt = 1; ; attempt++) {
            try {
                wiring.transaction().executeWithoutResult(status -> runs.moved(run, next, taken(connection, listings)));
                break;
            } catch (PessimisticLockingFailureException e) {
                // Another writer of the same SKUs was in the way; all of the page was undone.
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
        if (Wiring.isBackend(connection) && !listings.isEmpty()) {
            changed.accept(
                    connection.brand(), listings.stream().map(Listing::sku).toList());
        }
    }

    /** What became of {@code listings}; in the caller's transaction. */
    Counts taken(Connection connection, List<Listing> listings) {
        if (listings.isEmpty()) {
            return Counts.NONE;
        }
        return Wiring.isBackend(connection) ? adopt(connection, listings) : learn(connection, listings);
    }

    /** Products, ids and, the first time, stock together. */
    private Counts adopt(Connection connection, List<Listing> listings) {
        // In one order, so that two who write the same SKUs wait for each other instead of both being stuck.
        List<Listing> sorted =
                listings.stream().sorted(Comparator.comparing(Listing::sku)).toList();
        wiring.catalogue().putAll(connection.brand(), connection.id(), sorted);
        Map<Sku, Integer> units = new HashMap<>();
        sorted.forEach(listing -> units.putIfAbsent(listing.sku(), listing.onHand() == null ? 0 : listing.onHand()));
        Set<Sku> fresh = wiring.stock().bringIn(connection.brand(), units, "import/" + connection.id());
        // What the shop itself has just said need not be told to it again.
        published.shown(
                connection.id(),
                wiring.published(connection, List.copyOf(fresh)).stream()
                        .filter(level -> level.available() == units.getOrDefault(level.sku(), -1))
                        .toList());
        return new Counts(listings.size(), listings.size(), 0, fresh.size());
    }

    /** Title, price and picture stay ours: a shop that follows must not change what the brand sells. */
    private Counts learn(Connection connection, List<Listing> listings) {
        Map<Sku, Product> products = new HashMap<>();
        wiring.catalogue()
                .find(connection.brand(), listings.stream().map(Listing::sku).toList())
                .forEach(product -> products.put(product.sku(), product));
        List<Listing> ours = listings.stream()
                .filter(listing -> products.containsKey(listing.sku()))
                .sorted(Comparator.comparing(Listing::sku))
                .map(listing -> withOurs(listing, products.get(listing.sku())))
                .toList();
        wiring.catalogue().putIds(connection.brand(), connection.id(), ours);
        return new Counts(listings.size(), ours.size(), listings.size() - ours.size(), 0);
    }

    private static Listing withOurs(Listing listing, @Nullable Product product) {
        return product == null
                ? listing
                : new Listing(
                        listing.sku(),
                        product.title(),
                        product.price(),
                        product.imageUrl(),
                        listing.externalId(),
                        listing.stockRef(),
                        listing.onHand());
    }
}
