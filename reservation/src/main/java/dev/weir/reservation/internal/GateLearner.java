package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does the gate come to know what the ledger knows? SKUs that it got wrong, or has never heard of, are read from the
 * ledger and written to Redis in the background; until then they count as unknown. Thread-safe.
 */
final class GateLearner {
    private static final Logger LOG = LoggerFactory.getLogger(GateLearner.class);
    private static final int PAGE = 1_000;
    private static final int ROUNDS = 8;
    private static final Long OTHER_EPOCH = -1L;

    private final Ledger ledger;
    private final LedgerSnapshots snapshots;
    private final RedisLink link;
    private final ToLongFunction<String> epochOf;
    private final Consumer<String> distrust;
    private final ConcurrentMap<LedgerSnapshots.Key, Long> wanted = new ConcurrentHashMap<>();
    private final AtomicLong stamps = new AtomicLong();
    private final AtomicBoolean working = new AtomicBoolean();

    /**
     * Between that ledger and that Redis.
     *
     * @param epochOf answers a brand's epoch, or 0 while there is none to write to
     * @param distrust told a brand of which Redis does not know that epoch
     */
    GateLearner(Ledger ledger, RedisLink link, ToLongFunction<String> epochOf, Consumer<String> distrust) {
        this.ledger = ledger;
        this.snapshots = new LedgerSnapshots(ledger.jdbc());
        this.link = link;
        this.epochOf = epochOf;
        this.distrust = distrust;
    }

    boolean isWanted(String brand, Collection<Sku> skus) {
        return !wanted.isEmpty()
                && skus.stream().anyMatch(sku -> wanted.containsKey(new LedgerSnapshots.Key(brand, sku)));
    }

    /** Asks for {@code skus}; a stamp tells a wish during the reading from the one that it serves. */
    void want(String brand, Collection<Sku> skus) {
        skus.forEach(sku -> wanted.put(new LedgerSnapshots.Key(brand, sku), stamps.incrementAndGet()));
        work();
    }

    /** Goes on with what is wanted, in the background. */
    void work() {
        if (!wanted.isEmpty() && working.compareAndSet(false, true)) {
            Thread.ofVirtual().name("gate-learner").start(this::learnWanted);
        }
    }

    /** Forgets and reads every SKU of a brand. */
    void learnAll(String brand) {
        // All is forgotten before anything is read: a version that a change has left since then must still refuse what
        // is older.
        for (List<Sku> page = snapshots.page(brand, "", PAGE);
                !page.isEmpty();
                page = snapshots.page(brand, page.getLast().value(), PAGE)) {
            link.delete(RedisKeys.pairs(brand, page));
        }
        snapshots.all(brand, ledger.now(), PAGE, page -> tell(brand, page).forEach(sku -> want(brand, List.of(sku))));
    }

    private void learnWanted() {
        try {
            // Bounded: were Redis ahead of the ledger for good, the sweeper's next call would try again.
            for (int round = 0; round < ROUNDS && !wanted.isEmpty(); round++) {
                Map<LedgerSnapshots.Key, Long> now = firstPage();
                if (now.isEmpty()) {
                    return;
                }
                byBrand(now.keySet()).forEach((brand, skus) -> {
                    List<Sku> behind = learn(brand, skus);
                    skus.stream()
                            .filter(sku -> !behind.contains(sku))
                            .map(sku -> new LedgerSnapshots.Key(brand, sku))
                            .forEach(key -> wanted.remove(key, now.get(key)));
                });
            }
        } catch (RuntimeException e) {
            LOG.warn("gate: {} SKUs not learnt from the ledger, later again ({})", wanted.size(), e.toString());
        } finally {
            working.set(false);
        }
    }

    private Map<LedgerSnapshots.Key, Long> firstPage() {
        Map<LedgerSnapshots.Key, Long> page = new HashMap<>();
        for (Map.Entry<LedgerSnapshots.Key, Long> entry : wanted.entrySet()) {
            if (epochOf.applyAsLong(entry.getKey().brand()) > 0) {
                page.put(entry.getKey(), entry.getValue());
            }
            if (page.size() == PAGE) {
                break;
            }
        }
        return page;
    }

    private List<Sku> learn(String brand, List<Sku> skus) {
        return tell(brand, snapshots.of(brand, skus, ledger.now()));
    }

    /** Answers the SKUs whose snapshot was older than what Redis had heard of, or of another epoch. */
    private List<Sku> tell(String brand, List<LedgerSnapshots.Snapshot> read) {
        long epoch = epochOf.applyAsLong(brand);
        List<Long> taken = link.runAll(
                RedisScript.REBUILD,
                read.stream().map(one -> call(brand, Long.toString(epoch), one)).toList());
        if (epoch > 0 && epoch == epochOf.applyAsLong(brand) && taken.contains(OTHER_EPOCH)) {
            distrust.accept(brand);
        }
        List<Sku> behind = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i) <= 0) {
                behind.add(read.get(i).sku());
            }
        }
        return behind;
    }

    private RedisLink.Call call(String brand, String epoch, LedgerSnapshots.Snapshot snapshot) {
        // Read again: time may have passed since the ledger was read, and no hold may outlive its end here.
        Instant now = ledger.now();
        List<String> arguments = new ArrayList<>();
        arguments.add(epoch);
        arguments.add(Long.toString(now.toEpochMilli()));
        arguments.add(Integer.toString(snapshot.cap()));
        arguments.add(Long.toString(snapshot.version()));
        for (LedgerSnapshots.Live live : snapshot.holds()) {
            if (live.until().isAfter(now)) {
                arguments.add(RedisKeys.member(live.hold(), live.units()));
                arguments.add(Long.toString(RedisKeys.millis(now, live.until())));
            }
        }
        return new RedisLink.Call(RedisKeys.of(brand, List.of(snapshot.sku())), arguments);
    }

    private static Map<String, List<Sku>> byBrand(Collection<LedgerSnapshots.Key> keys) {
        Map<String, List<Sku>> byBrand = new TreeMap<>();
        keys.forEach(key ->
                byBrand.computeIfAbsent(key.brand(), any -> new ArrayList<>()).add(key.sku()));
        return byBrand;
    }
}
