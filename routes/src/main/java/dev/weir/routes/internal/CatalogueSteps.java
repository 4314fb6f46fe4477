package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.live.Catalogue.Product;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/**
 * How do catalogue and ids get from one shop to the others? Steps of the route {@code catalogue-import}: the backend's
 * listings become ours; every other shop is written ours if it takes them, and read for its ids. Thread-safe.
 */
public final class CatalogueSteps {
    private static final int PAGE = 100;

    private final Wiring wiring;
    private final Consumer<UUID> resync;
    private final ConcurrentMap<UUID, ReentrantLock> writing = new ConcurrentHashMap<>();

    CatalogueSteps(Wiring wiring, Consumer<UUID> resync) {
        this.wiring = wiring;
        this.resync = resync;
    }

    /** Step: our listings to a shop that follows us. */
    public CatalogueRun write(@Body CatalogueRun run) {
        Connection connection = run.connection();
        if (!follows(connection)) {
            return run;
        }
        int written = 0;
        String after = "";
        List<Product> page;
        do {
            page = wiring.catalogue().list(connection.brand(), after, PAGE);
            if (!page.isEmpty()) {
                after = page.getLast().sku().value();
                written += write(connection, page).size();
            }
        } while (page.size() == PAGE);
        return run.written(written);
    }

    /** Step: the shop's listings to us. The backend's become products; of another shop's only the ids are taken. */
    public CatalogueRun read(@Body CatalogueRun run) {
        Connection connection = run.connection();
        if (!can(connection, Capability.CATALOGUE_READ)) {
            return run;
        }
        Tally tally = new Tally();
        boolean backend = Wiring.isBackend(connection);
        wiring.channel(connection).catalogueRead(connection).readAll(listing -> {
            tally.read++;
            if (backend) {
                tally.fresh += adopt(connection, listing) ? 1 : 0;
            } else if (!learn(connection, listing)) {
                tally.skipped++;
            }
        });
        return run.read(tally.read, tally.skipped, tally.fresh);
    }

    /** Step: what the shop shows is brought up to date. */
    public CatalogueRun publish(@Body CatalogueRun run) {
        resync.accept(run.connection().id());
        return run;
    }

    /** Whether the shop is written our catalogue. */
    boolean follows(Connection connection) {
        return !Wiring.isBackend(connection) && can(connection, Capability.CATALOGUE_WRITE);
    }

    /** Lists SKUs at a shop that has no listing of them; those that the brand does not sell are left out. */
    List<Listing> introduce(Connection connection, List<Sku> skus) {
        List<Product> products = skus.stream()
                .flatMap(sku -> wiring.catalogue().find(connection.brand(), sku).stream())
                .toList();
        return products.isEmpty() ? List.of() : write(connection, products);
    }

    private List<Listing> write(Connection connection, List<Product> products) {
        ReentrantLock lock = writing.computeIfAbsent(connection.id(), id -> new ReentrantLock());
        // One at a time per shop: two writers that both find a SKU missing would list it twice.
        lock.lock();
        try {
            List<Listing> ours =
                    products.stream().map(product -> ours(connection, product)).toList();
            List<Listing> theirs =
                    wiring.channel(connection).catalogueWrite(connection).write(ours);
            for (Listing listing : theirs) {
                wiring.catalogue().put(connection.brand(), connection.id(), listing);
            }
            return theirs;
        } finally {
            lock.unlock();
        }
    }

    private Listing ours(Connection connection, Product product) {
        Optional<Listing> known = wiring.catalogue().listing(connection.id(), product.sku());
        int available = wiring.published(connection, List.of(product.sku())).stream()
                .mapToInt(StockLevel::available)
                .sum();
        return listing(
                product,
                known.map(Listing::externalId).orElse(""),
                known.map(Listing::stockRef).orElse(null),
                available);
    }

    /** Product, ids and, the first time, stock together; true when the SKU is new to the ledger. */
    boolean adopt(Connection connection, Listing listing) {
        return Boolean.TRUE.equals(wiring.transaction().execute(status -> {
            wiring.catalogue().put(connection.brand(), connection.id(), listing);
            if (wiring.stock().level(connection.brand(), listing.sku()).isPresent()) {
                return false;
            }
            int onHand = listing.onHand() == null ? 0 : listing.onHand();
            wiring.stock().setOnHand(connection.brand(), listing.sku(), onHand, "import/" + connection.id());
            return true;
        }));
    }

    /** Title, price and picture stay ours: a shop that follows must not change what the brand sells. */
    boolean learn(Connection connection, Listing listing) {
        Optional<Product> product = wiring.catalogue().find(connection.brand(), listing.sku());
        product.ifPresent(ours -> wiring.catalogue()
                .put(
                        connection.brand(),
                        connection.id(),
                        listing(ours, listing.externalId(), listing.stockRef(), listing.onHand())));
        return product.isPresent();
    }

    private static Listing listing(
            Product product, String externalId, @Nullable String stockRef, @Nullable Integer onHand) {
        return new Listing(
                product.sku(), product.title(), product.price(), product.imageUrl(), externalId, stockRef, onHand);
    }

    private boolean can(Connection connection, Capability capability) {
        return wiring.channel(connection).capabilities().contains(capability);
    }

    private static final class Tally {
        int read;
        int skipped;
        int fresh;
    }
}
