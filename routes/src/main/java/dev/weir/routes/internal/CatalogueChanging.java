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
 * that says so. The backend's changes become ours and are passed on to the shops that follow; of another shop only the ids are taken.
 * What left a catalogue is not told by it, and stays until the next whole reading.
 */
final class CatalogueChanging implements Chore {
    /** One change at the platform is several deliveries, and its search index lags behind them. */
    static final Duration AFTER_TOUCH = Duration.ofSeconds(3);

    private final Wiring wiring;
    private final CatalogueIn catalogue;
    private final ListingErrands followers;

    CatalogueChanging(Wiring wiring, CatalogueIn catalogue, ListingErrands followers) {
        this.wiring = wiring;
        this.catalogue = catalogue;
        this.followers = followers;
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

    /** Product and what the followers are to be told stand together or not at all; true when it was taken in. */
    boolean take(Connection connection, Listing listing) {
        if (!Wiring.isBackend(connection)) {
            return catalogue.taken(connection, List.of(listing)).taken() > 0;
        }
        return Objects.requireNonNull(wiring.transaction().execute(status -> {
            Optional<Product> before = wiring.catalogue().find(connection.brand(), listing.sku());
            boolean fresh = catalogue.taken(connection, List.of(listing)).fresh() > 0;
            Optional<Product> now = wiring.catalogue().find(connection.brand(), listing.sku());
            boolean changed = before.isPresent() && !before.equals(now);
            if (changed) {
                followers.tell(connection.brand(), before.orElseThrow(), now.orElseThrow());
            }
            return fresh || changed;
        }));
    }
}
