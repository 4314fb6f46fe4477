package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What must a batch of one brand know before it locks any stock? All of it comes in one journey: under which epoch and bundles it
 * decides, which holds it ends, which lapsed ones of the asked SKUs it has to give back, and which keys were used before. For one
 * transaction and one thread.
 */
final class Opening {
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final String BOUND = "select set_config('statement_timeout', '" + MOST.toMillis() + "', true)";

    /** Held until the commit: no epoch begins, and no bundle changes, while grants of the one before are being written. */
    private static final String POOL = "select epoch, bundles from pool where brand = ? for share";

    private final String brand;
    private final Instant now;
    private final TreeSet<Sku> skus = new TreeSet<>();
    private final List<HoldMoves.Due> due = new ArrayList<>();
    private final Map<String, HoldRow> known = new HashMap<>();
    private final Releases ended;
    private long epoch;
    private long bundles;

    private Opening(Ledger ledger, Journey journey, String brand, List<Ask> asks, Collection<UUID> back, Instant now) {
        this.brand = brand;
        this.now = now;
        asks.forEach(ask -> skus.addAll(ask.units().keySet()));
        journey.ask(BOUND, row -> {})
                .ask(
                        POOL,
                        row -> {
                            epoch = row.getLong("epoch");
                            bundles = row.getLong("bundles");
                        },
                        brand);
        ended = Releases.end(journey, ledger, back, now);
        if (!asks.isEmpty()) {
            ledger.moves().lockDue(journey, brand, skus, now, due::add);
            List<String> keys = asks.stream()
                    .map(ask -> ask.request().idempotencyKey())
                    .distinct()
                    .toList();
            ledger.holds().byKeys(journey, brand, keys, now, row -> known.put(row.key(), row));
        }
    }

    /** Looks, and ends {@code back}. */
    static Opening of(Ledger ledger, String brand, List<Ask> asks, Collection<UUID> back, Instant now) {
        Journey journey = new Journey();
        Opening opening = new Opening(ledger, journey, brand, asks, back, now);
        journey.go(ledger.jdbc());
        ledger.holds().withLines(List.copyOf(opening.known.values())).forEach(row -> opening.known.put(row.key(), row));
        return opening;
    }

    /** Locks the stock of all of it, with what came back already in it. */
    StockBook open(Ledger ledger) {
        skus.addAll(ended.skus());
        StockBook book = ledger.openExpiring(brand, skus, due, now);
        ended.move(book);
        return book;
    }

    /** Of the pool; 0 when the brand has none yet. */
    long epoch() {
        return epoch;
    }

    /** Version of the brand's bundles; 0 when it never had any. */
    long bundles() {
        return bundles;
    }

    /** What was ended now. */
    Releases ended() {
        return ended;
    }

    /** Holds whose key was used before, by key. */
    Map<String, HoldRow> known() {
        return known;
    }
}
