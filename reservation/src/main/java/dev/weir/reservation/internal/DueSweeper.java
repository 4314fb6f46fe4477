package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Sweeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Expires what is due in small transactions that skip whatever somebody else has in hand. */
public final class DueSweeper implements Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(DueSweeper.class);
    /** Large enough that a drop's holds, which end together, are over within a second; small enough that taps come between. */
    private static final int BATCH = 500;

    private static final int MOST_BATCHES = 10;
    private static final int MOST_LINES = 50;
    private static final Duration LONGEST = Duration.ofMillis(250);
    private static final Duration IN_OTHER_HANDS = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final List<Sku> NO_MORE = List.of();

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate own;
    private final AtomicBoolean complained = new AtomicBoolean();
    private final LongAdder ended = new LongAdder();

    /** {@code own} starts a transaction of its own. */
    public DueSweeper(Ledger ledger, Gate gate, TransactionTemplate own) {
        this.ledger = ledger;
        this.gate = gate;
        this.own = own;
    }

    @Override
    public Duration lapse() {
        try {
            Duration next = ledger.moves().untilNextDue(ledger.now(), LONGEST);
            Duration wait = next.isPositive() ? next : expireDue() > 0 ? Duration.ZERO : IN_OTHER_HANDS;
            serveLinesLeft();
            complained.set(false);
            return wait;
        } catch (RuntimeException e) {
            if (complained.compareAndSet(false, true)) {
                LOG.warn("lapses: stopped, tried again every {} ({})", AFTER_FAILURE, e.toString());
            }
            return AFTER_FAILURE;
        }
    }

    @Override
    public int sweep() {
        int expired = 0;
        try {
            ledger.syncClock();
            expired = expireDue();
            serveLinesLeft();
        } catch (RuntimeException e) {
            LOG.warn("sweep: stopped, the rest at the next call ({})", e.toString());
        }
        refreshRecipes();
        gate.tend();
        return expired;
    }

    @Override
    public long ended() {
        return ended.sum();
    }

    private int expireDue() {
        int expired = 0;
        int size = BATCH;
        for (int batch = 0; batch < MOST_BATCHES && size == BATCH; batch++) {
            Integer swept = own.execute(status -> expireBatch());
            size = swept == null ? 0 : swept;
            expired += size;
            ended.add(size);
        }
        return expired;
    }

    /** One transaction serves a long line in part: here it goes on. */
    private void serveLinesLeft() {
        for (WaitingLine.Left left : ledger.line().left(MOST_LINES)) {
            own.executeWithoutResult(status ->
                    ledger.open(left.brand(), List.of(left.sku()), ledger.now()).flush());
        }
    }

    private void refreshRecipes() {
        try {
            ledger.recipes().refresh();
        } catch (RuntimeException e) {
            LOG.warn("sweep: bundles not looked at, at the next call ({})", e.toString());
        }
    }

    private int expireBatch() {
        Instant now = ledger.now();
        List<HoldMoves.Due> due = ledger.moves().lockDue(now, BATCH);
        SortedMap<String, List<HoldMoves.Due>> byBrand =
                due.stream().collect(Collectors.groupingBy(HoldMoves.Due::brand, TreeMap::new, Collectors.toList()));
        byBrand.forEach((brand, ofBrand) ->
                ledger.openExpiring(brand, NO_MORE, ofBrand, now).flush());
        return due.size();
    }
}
