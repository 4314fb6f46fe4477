package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.live.Catalogue.Product;
import dev.weir.reservation.StockLedger;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.internal.DriftCauses.Judgement;
import dev.weir.routes.internal.DriftCauses.Remedy;
import dev.weir.routes.internal.DriftRuns.Counts;
import dev.weir.routes.internal.DriftRuns.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which numbers does a shop show otherwise than it should? A page of SKUs at a time: the shop is read first, and then what we know, so
 * that what changes in between looks like something under way and not like an edit.
 */
final class StockDrift {
    /** SKUs a page; the reading ports split it as their platform wants. */
    private static final int PAGE = 500;

    private static final Duration DAY = Duration.ofDays(1);

    private final Wiring wiring;
    private final PublishedLevels published;
    private final DriftRows rows;
    private final DriftRuns runs;

    StockDrift(Wiring wiring, PublishedLevels published, DriftRows rows, DriftRuns runs) {
        this.wiring = wiring;
        this.published = published;
        this.rows = rows;
        this.runs = runs;
    }

    /** Compares the next page and notes what it finds with how far it came. */
    Page page(Connection shop, Run run) {
        List<Sku> page = wiring.stock().levels(shop.brand(), run.after(), PAGE).stream()
                .map(StockLedger.Level::sku)
                .toList();
        List<Listing> here = page.isEmpty() ? List.of() : wiring.catalogue().listings(shop.id(), page);
        Map<Sku, Integer> seen =
                here.isEmpty() ? Map.of() : wiring.channel(shop).stockRead(shop).read(here);
        List<Sight> differing = new ArrayList<>();
        Map<Sku, StockLevel> wanted = wanted(shop, List.copyOf(seen.keySet()));
        wanted.forEach((sku, level) -> {
            int shown = seen.getOrDefault(sku, 0);
            if (shown != level.available()) {
                differing.add(new Sight(sku, level.available(), shown));
            }
        });
        List<DriftRows.Found> found = judged(shop, run, differing);
        Run moved = Objects.requireNonNull(wiring.transaction().execute(status -> {
            if (run.mode() == Mode.BACKFILL) {
                published.assume(shop.id(), List.copyOf(wanted.values()));
            }
            found.forEach(one -> rows.found(shop, run, one));
            Counts counts = new Counts(seen.size(), 0, 0, found.size(), 0);
            return runs.moved(run, page.isEmpty() ? run.after() : page.getLast().value(), counts);
        }));
        return new Page(moved, page.size() < PAGE);
    }

    /** The run as it now stands, and whether that was the last page. */
    record Page(Run run, boolean isLast) {}

    private record Sight(Sku sku, int wanted, int seen) {}

    private Map<Sku, StockLevel> wanted(Connection shop, List<Sku> skus) {
        return wiring.published(shop, skus).stream().collect(Collectors.toMap(StockLevel::sku, Function.identity()));
    }

    private List<DriftRows.Found> judged(Connection shop, Run run, List<Sight> differing) {
        if (differing.isEmpty()) {
            return List.of();
        }
        List<Sku> skus = differing.stream().map(Sight::sku).toList();
        Map<Sku, Told> told = published.known(shop.id(), skus);
        Map<Sku, Integer> heals = rows.healed(shop.id(), skus, DAY);
        Map<String, DriftRows.Alive> alive =
                rows.alive(shop.id(), Kind.STOCK, skus.stream().map(Sku::value).toList());
        Map<Sku, Money> prices = prices(shop, skus);
        boolean tellsSales = wiring.channel(shop).capabilities().contains(Capability.ORDER_POLL);
        List<DriftRows.Found> found = new ArrayList<>();
        for (Sight sight : differing) {
            Sku sku = sight.sku();
            DriftRows.Alive before = alive.get(sku.value());
            Told known = told.get(sku);
            Judgement judgement = DriftCauses.judge(
                    new DriftCauses.Sight(
                            sight.wanted(),
                            known,
                            sight.seen(),
                            heals.getOrDefault(sku, 0),
                            before == null ? null : before.since(),
                            tellsSales),
                    wiring.clock().instant());
            Money price = prices.get(sku);
            found.add(new DriftRows.Found(
                    Kind.STOCK,
                    sku.value(),
                    Integer.toString(sight.wanted()),
                    Integer.toString(sight.seen()),
                    known == null ? null : known.available(),
                    run.mode() == Mode.BACKFILL ? leftForAPerson(judgement) : judgement,
                    price == null ? null : price.times(Math.abs((long) sight.wanted() - sight.seen()))));
        }
        return found;
    }

    /** What is filled in counts as told, so that nothing is written because of it. */
    private static Judgement leftForAPerson(Judgement judgement) {
        return new Judgement(judgement.cause(), Remedy.ASK, judgement.words());
    }

    private Map<Sku, Money> prices(Connection shop, List<Sku> skus) {
        Map<Sku, Money> prices = new HashMap<>();
        for (Product product : wiring.catalogue().find(shop.brand(), skus)) {
            prices.put(product.sku(), product.price());
        }
        return prices;
    }
}
