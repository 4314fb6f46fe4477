package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * What must a batch of one brand know before it moves any stock? All of it comes in one journey: under which epoch and bundles it
 * decides, which holds it ends, which lapsed ones of the asked SKUs it has to give back, which keys were used before, and, where
 * it is known beforehand what all of these take, the stock itself. For one transaction and one thread.
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
    private final @Nullable StockBook ahead;
    private long epoch;
    private long bundles;

    private Opening(Ledger ledger, Journey journey, Batch batch, Instant now, boolean ahead) {
        this.brand = batch.brand();
        this.now = now;
        batch.asks().forEach(ask -> skus.addAll(ask.units().keySet()));
        journey.ask(BOUND, row -> {})
                .ask(
                        POOL,
                        row -> {
                            epoch = row.getLong("epoch");
                            bundles = row.getLong("bundles");
                        },
                        brand);
        ended = Releases.end(journey, ledger, batch.back().keySet(), now);
        if (!batch.asks().isEmpty()) {
            ledger.moves().lockDue(journey, brand, skus, now, due::add);
            List<String> keys = batch.asks().stream()
                    .map(ask -> ask.request().idempotencyKey())
                    .distinct()
                    .toList();
            ledger.holds().byKeys(journey, brand, keys, now, row -> known.put(row.key(), row));
        }
        if (ahead) {
            batch.back().values().forEach(skus::addAll);
            this.ahead = ledger.ask(journey, brand, skus, now);
        } else {
            this.ahead = null;
        }
    }

    /**
     * What is to be decided together.
     *
     * @param back holds that are given back, with all that they take units of, or with nothing where nobody remembers
     */
    record Batch(String brand, List<Ask> asks, Map<UUID, Set<Sku>> back) {
        /** Whether it is known which stock it needs, but for holds that lapse meanwhile. */
        boolean isForeseen() {
            return back.values().stream().noneMatch(Set::isEmpty);
        }
    }

    /**
     * A hold that takes other SKUs too has lapsed, or its SKUs were remembered wrongly: whoever locked ahead cannot lock these now, because
     * two transactions that lock in different orders wait for each other. Nothing was decided.
     */
    static final class Unforeseen extends ConcurrencyFailureException {
        private static final long serialVersionUID = 1;

        private Unforeseen(String brand, Collection<Sku> skus) {
            super("stock of " + brand + ": " + skus + " was not locked ahead");
        }
    }

    /**
     * Looks, and ends what is given back.
     *
     * @param ahead true: locks the stock in the same journey; may then throw {@link Unforeseen}
     */
    static Opening of(Ledger ledger, Batch batch, Instant now, boolean ahead) {
        Journey journey = new Journey();
        Opening opening = new Opening(ledger, journey, batch, now, ahead);
        journey.go(ledger.jdbc());
        ledger.holds().withLines(List.copyOf(opening.known.values())).forEach(row -> opening.known.put(row.key(), row));
        return opening;
    }

    /** The stock of all of it, locked, with what came back already in it; {@code closing} writes what is still to be written. */
    StockBook open(Ledger ledger, Journey closing) {
        StockBook book = ahead == null ? late(ledger) : foreseen(ledger, ahead, closing);
        ended.move(book);
        return book;
    }

    private StockBook late(Ledger ledger) {
        skus.addAll(ended.skus());
        return ledger.openExpiring(brand, skus, due, now);
    }

    private StockBook foreseen(Ledger ledger, StockBook book, Journey closing) {
        Set<Sku> needed = ended.skus();
        due.forEach(one -> needed.addAll(one.units().keySet()));
        needed.removeAll(skus);
        if (!needed.isEmpty()) {
            throw new Unforeseen(brand, needed);
        }
        if (!due.isEmpty()) {
            ledger.moves().expire(closing, due.stream().map(HoldMoves.Due::id).toList(), now);
            Ledger.giveBack(book, due);
        }
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
