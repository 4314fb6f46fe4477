package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Sweeper;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Expires what is due in small transactions that skip whatever somebody else has in hand. */
public final class DueSweeper implements Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(DueSweeper.class);
    private static final int BATCH = 100;
    private static final int MOST_BATCHES = 20;
    private static final List<Sku> NO_MORE = List.of();

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate own;

    /** {@code own} starts a transaction of its own. */
    public DueSweeper(Ledger ledger, Gate gate, TransactionTemplate own) {
        this.ledger = ledger;
        this.gate = gate;
        this.own = own;
    }

    @Override
    public int sweep() {
        int expired = 0;
        try {
            ledger.syncClock();
            int size = BATCH;
            for (int batch = 0; batch < MOST_BATCHES && size == BATCH; batch++) {
                Integer swept = own.execute(status -> expireBatch());
                size = swept == null ? 0 : swept;
                expired += size;
            }
        } catch (RuntimeException e) {
            LOG.warn("sweep: stopped after {} holds, the rest at the next call ({})", expired, e.toString());
        }
        refreshRecipes();
        gate.tend();
        return expired;
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
        SortedMap<String, List<UUID>> byBrand = due.stream()
                .collect(Collectors.groupingBy(
                        HoldMoves.Due::brand,
                        TreeMap::new,
                        Collectors.mapping(HoldMoves.Due::id, Collectors.toList())));
        byBrand.forEach(
                (brand, ids) -> ledger.openExpiring(brand, NO_MORE, ids, now).flush());
        return due.size();
    }
}
