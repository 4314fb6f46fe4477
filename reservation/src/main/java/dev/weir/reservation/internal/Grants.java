package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.PreOrder;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who gets the units, when many ask at once? One transaction takes what is given back and decides a batch of one brand in the
 * order of asking; nothing is known to a buyer before it is committed.
 */
final class Grants {
    /** The admission is of an epoch that is over: nothing was decided. */
    static final HoldOutcome STALE = new HoldOutcome.Unavailable(Duration.ZERO);

    /** The units were worked out from bundles that have changed since: nothing was decided. */
    static final HoldOutcome RECOMPOSED = new HoldOutcome.Unavailable(Duration.ofNanos(1));

    private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate transactions;

    /** {@code transactions} must start one of its own. */
    Grants(Ledger ledger, Gate gate, TransactionTemplate transactions) {
        this.ledger = ledger;
        this.gate = gate;
        this.transactions = transactions;
    }

    /**
     * What was decided.
     *
     * @param taps lacks those whose buyer gave up
     * @param back holds that were given back now
     */
    record Decided(Map<Pending.Tap, HoldOutcome> taps, Releases back) {}

    /** Decides. Throws, with nothing granted, when the database does. */
    Decided decide(String brand, List<Pending.Tap> taps, List<Pending.GivenBack> back) {
        Map<UUID, Set<Sku>> given = new LinkedHashMap<>();
        back.stream().filter(Pending::take).forEach(one -> given.put(one.hold(), one.skus()));
        Opening.Batch batch =
                new Opening.Batch(brand, taps.stream().map(Pending.Tap::ask).toList(), given);
        if (batch.isForeseen()) {
            try {
                return decide(batch, taps, true);
            } catch (Opening.Unforeseen e) {
                LOG.debug("grants of {}: {}", brand, e.getMessage());
            }
        }
        return decide(batch, taps, false);
    }

    private Decided decide(Opening.Batch batch, List<Pending.Tap> taps, boolean ahead) {
        return Objects.requireNonNull(transactions.execute(status -> decideNow(batch, taps, ahead)));
    }

    private Decided decideNow(Opening.Batch batch, List<Pending.Tap> taps, boolean ahead) {
        Instant now = ledger.now();
        String brand = batch.brand();
        Opening opening = Opening.of(ledger, batch, now, ahead);
        Journey journey = new Journey();
        StockBook book = opening.open(ledger, journey);
        BuyerShares shares = new BuyerShares(ledger.jdbc(), brand, book, batch.asks(), now);
        Batch open = new Batch(book, opening, shares);
        Map<Pending.Tap, HoldOutcome> outcomes = new LinkedHashMap<>();
        for (Pending.Tap pending : taps) {
            if (pending.take()) {
                outcomes.put(pending, open.decide(pending.ask()));
            }
        }
        if (!open.granted.isEmpty()) {
            ledger.holds().insert(journey, open.granted);
        }
        List<Gate.Settled> changes = opening.ended().changes(book.flush(journey));
        AfterCommit.run(() -> gate.settle(brand, changes));
        return new Decided(outcomes, opening.ended());
    }

    private record Known(Hold hold, byte[] requestHash) {}

    /** The state of one batch while it is decided. */
    private static final class Batch {
        private final StockBook book;
        private final Map<String, Known> known = new HashMap<>();
        private final long epoch;
        private final long bundles;
        private final BuyerShares shares;
        private final List<Ask> granted = new ArrayList<>();

        Batch(StockBook book, Opening opening, BuyerShares shares) {
            this.book = book;
            this.epoch = opening.epoch();
            this.bundles = opening.bundles();
            this.shares = shares;
            opening.known().forEach((key, row) -> known.put(key, new Known(row.hold(), row.requestHash())));
        }

        HoldOutcome decide(Ask ask) {
            if (ask.epoch() != 0 && ask.epoch() != epoch) {
                return STALE;
            }
            String key = ask.request().idempotencyKey();
            Known before = known.get(key);
            if (before != null) {
                return MessageDigest.isEqual(before.requestHash(), ask.hash())
                        ? new HoldOutcome.Granted(before.hold(), ask.token(), true)
                        : new HoldOutcome.KeyReused(key);
            }
            if (ask.recipes().version() != bundles) {
                return RECOMPOSED;
            }
            HoldOutcome refusal = refusal(ask);
            return refusal != null ? refusal : grant(ask);
        }

        private @Nullable HoldOutcome refusal(Ask ask) {
            HoldOutcome shortage = null;
            for (Map.Entry<Sku, Integer> line : ask.units().entrySet()) {
                StockRow row = book.row(line.getKey());
                if (row == null) {
                    return new HoldOutcome.UnknownSku(line.getKey());
                }
                if (shortage == null && row.free() < line.getValue()) {
                    shortage = ask.soldOut(line.getKey(), row.free());
                }
            }
            HoldOutcome beyond = shares.refusal(ask);
            return beyond != null ? beyond : shortage;
        }

        private HoldOutcome grant(Ask ask) {
            String channel = ask.request().attribution().channel();
            List<PreOrder> toCome = new ArrayList<>();
            ask.units()
                    .forEach((sku, units) ->
                            book.hold(sku, units, ask.holdId(), channel).ifPresent(toCome::add));
            Ask told = ask.toCome(toCome);
            granted.add(told);
            shares.granted(told);
            Hold hold = told.hold();
            known.put(ask.request().idempotencyKey(), new Known(hold, ask.hash()));
            return new HoldOutcome.Granted(hold, ask.token(), false);
        }
    }
}
