package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.live.Catalogue.Product;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.State;
import dev.weir.routes.JdbcOutbox;
import dev.weir.routes.internal.DriftCauses.Judgement;
import dev.weir.routes.internal.DriftCauses.Remedy;
import dev.weir.routes.internal.DriftRows.Found;
import dev.weir.routes.internal.DriftRuns.Counts;
import dev.weir.routes.internal.DriftRuns.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which listings does a shop show otherwise than we expect? Of the backend, whose catalogue is ours: what it has and we have not, or
 * otherwise. Of a shop that follows: what we sent and it does not show, or shows otherwise than it did after that. What such a shop
 * lists of its own is its own business.
 */
final class ListingDrift {
    private static final int PAGE = 500;

    private final Wiring wiring;
    private final DriftRows rows;
    private final DriftRuns runs;
    private final SeenListings seen;
    private final CatalogueIn catalogue;
    private final BiConsumer<Connection, Listing> adopt;

    /** {@code adopt} takes a listing of the backend in, and passes it on to those who follow. */
    ListingDrift(
            Wiring wiring,
            DriftRows rows,
            DriftRuns runs,
            SeenListings seen,
            CatalogueIn catalogue,
            BiConsumer<Connection, Listing> adopt) {
        this.wiring = wiring;
        this.rows = rows;
        this.runs = runs;
        this.seen = seen;
        this.catalogue = catalogue;
        this.adopt = adopt;
    }

    /** Reads the shop's catalogue, or the rest of it, and then looks for what it did not show. */
    Run all(Connection shop, Run run) {
        if (!wiring.channel(shop).capabilities().contains(Capability.CATALOGUE_READ)) {
            return run;
        }
        AtomicReference<Run> moved = new AtomicReference<>(run);
        wiring.channel(shop).catalogueRead(shop).read(run.after().isEmpty() ? null : run.after(), (listings, next) -> {
            int found = page(shop, run, listings);
            Counts counts = new Counts(0, 0, listings.size(), found, 0);
            moved.set(runs.moved(moved.get(), next == null ? "" : next, counts));
        });
        return runs.moved(moved.get(), "", new Counts(0, 0, 0, missing(shop, run), 0));
    }

    private int page(Connection shop, Run run, List<Listing> listings) {
        if (listings.isEmpty()) {
            return 0;
        }
        Map<Sku, Product> products = new HashMap<>();
        for (int from = 0; from < listings.size(); from += PAGE) {
            List<Listing> some = listings.subList(from, Math.min(listings.size(), from + PAGE));
            wiring.catalogue()
                    .find(shop.brand(), some.stream().map(Listing::sku).toList())
                    .forEach(product -> products.put(product.sku(), product));
        }
        boolean isBackend = Wiring.isBackend(shop);
        Map<Sku, String> changed = seen.note(shop.id(), run.id(), listings);
        int found = 0;
        for (Listing listing : listings) {
            Product ours = products.get(listing.sku());
            if (isBackend) {
                found += ofBackend(shop, run, listing, ours) ? 1 : 0;
            } else if (ours != null && changed.containsKey(listing.sku())) {
                found++;
                rows.found(
                        shop,
                        run,
                        row(
                                listing.sku(),
                                words(ours.title(), ours.price()),
                                words(listing.title(), listing.price()),
                                new Judgement(
                                        Cause.MANUAL_EDIT,
                                        Remedy.HEAL,
                                        "The shop shows it otherwise than after we sent it: somebody changed it there")));
            }
        }
        return found;
    }

    private boolean ofBackend(Connection shop, Run run, Listing listing, @Nullable Product ours) {
        if (ours != null && ours.title().equals(listing.title()) && ours.price().equals(listing.price())) {
            return false;
        }
        String what = ours == null
                ? "Your own shop lists it and we do not have it"
                : "Your own shop changed it and nobody told us";
        rows.found(
                shop,
                run,
                row(
                        listing.sku(),
                        ours == null ? "not listed" : words(ours.title(), ours.price()),
                        words(listing.title(), listing.price()),
                        new Judgement(Cause.LOST_WEBHOOK, Remedy.WAIT, what)));
        switch (run.mode()) {
            case REPORT -> {}
            case HEAL -> {
                adopt.accept(shop, listing);
                healed(shop, listing.sku());
            }
            case BACKFILL -> {
                wiring.transaction()
                        .executeWithoutResult(
                                status -> JdbcOutbox.quietly(() -> catalogue.taken(shop, List.of(listing))));
                healed(shop, listing.sku());
            }
        }
        return true;
    }

    private void healed(Connection shop, Sku sku) {
        rows.alive(shop.id(), Kind.LISTING, List.of(sku.value()))
                .values()
                .forEach(one -> rows.end(List.of(one.id()), State.HEALED));
    }

    /** What the shop should list, by what we know of it, and did not show to this run. */
    private int missing(Connection shop, Run run) {
        int found = 0;
        boolean isBackend = Wiring.isBackend(shop);
        String after = "";
        List<Product> page;
        do {
            page = wiring.catalogue().list(shop.brand(), after, PAGE);
            if (page.isEmpty()) {
                break;
            }
            after = page.getLast().sku().value();
            List<Sku> listed = wiring
                    .catalogue()
                    .listings(shop.id(), page.stream().map(Product::sku).toList())
                    .stream()
                    .map(Listing::sku)
                    .toList();
            Set<Sku> absent = seen.absent(shop.id(), run.id(), listed, !isBackend);
            for (Product product : page) {
                if (absent.contains(product.sku())) {
                    found++;
                    rows.found(shop, run, row(product, isBackend));
                }
            }
        } while (page.size() == PAGE);
        return found;
    }

    private static Found row(Product product, boolean isBackend) {
        Judgement judgement = isBackend
                ? new Judgement(Cause.MANUAL_EDIT, Remedy.ASK, "Your own shop does not list it any more")
                : new Judgement(
                        Cause.MANUAL_EDIT, Remedy.HEAL, "We listed it there, and it is gone: somebody took it off");
        return row(product.sku(), words(product.title(), product.price()), "not listed", judgement);
    }

    private static Found row(Sku sku, String expected, String shown, Judgement judgement) {
        return new Found(Kind.LISTING, sku.value(), expected, shown, null, judgement, null);
    }

    private static String words(String title, Money price) {
        return Sql.cut(title, 200) + ", " + price;
    }
}
