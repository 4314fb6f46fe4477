package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.live.Catalogue.Product;
import dev.weir.routes.ConnectionChores.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What changed in a shop's catalogue? Read since the mark that the last reading gave, every 15 minutes and within seconds of a delivery
 * that says so. The backend's changes become ours; every listing read is offered to the shops that follow, so that a run that was cut
 * short leaves none behind. Of another shop only the ids are taken.
 * What left a catalogue is not told by it, and stays until the next whole reading.
 */
final class CatalogueChanging implements Chore {
    /** One change at the platform is several deliveries, and its search index lags behind them. */
    static final Duration AFTER_TOUCH = Duration.ofSeconds(3);

    private final Wiring wiring;
    private final CatalogueIn catalogue;
    private final PriceErrands prices;
    private final CatalogueNews news;

    CatalogueChanging(Wiring wiring, CatalogueIn catalogue, PriceErrands prices, CatalogueNews news) {
        this.wiring = wiring;
        this.catalogue = catalogue;
        this.prices = prices;
        this.news = news;
    }

    @Override
    public Kind kind() {
        return Kind.CATALOGUE;
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.CATALOGUE_CHANGES);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(15);
    }

    /** A shop that was just connected is read as a whole. */
    @Override
    public Duration first() {
        return every();
    }

    @Override
    public Done run(Connection connection, Instant mark) {
        AtomicInteger read = new AtomicInteger();
        AtomicInteger changed = new AtomicInteger();
        Instant next = wiring.channel(connection).catalogueChanges(connection).readSince(mark, listing -> {
            read.incrementAndGet();
            changed.addAndGet(take(connection, listing) ? 1 : 0);
        });
        return new Done(next, read + " listings read, " + changed + " taken in");
    }

    /** True when it was taken in. */
    boolean take(Connection connection, Listing listing) {
        if (!Wiring.isBackend(connection)) {
            return catalogue.taken(connection, List.of(listing)).taken() > 0;
        }
        boolean taken = Objects.requireNonNull(wiring.transaction().execute(status -> adopt(connection, listing)));
        news.changed(connection.brand(), List.of(listing.sku()));
        return taken;
    }

    /** Product and what shops are to be told of its price stand together or not at all. */
    private boolean adopt(Connection connection, Listing listing) {
        Optional<Product> before = wiring.catalogue().find(connection.brand(), listing.sku());
        boolean fresh = catalogue.taken(connection, List.of(listing)).fresh() > 0;
        Optional<Product> now = wiring.catalogue().find(connection.brand(), listing.sku());
        boolean changed = before.isPresent() && !before.equals(now);
        if (changed) {
            prices.tell(connection.brand(), before.orElseThrow(), now.orElseThrow());
        }
        return fresh || changed;
    }
}
