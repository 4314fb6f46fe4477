package dev.weir.reservation.internal;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pools in Redis may be believed, and how do they become so? A pool is believed while Redis knows the ledger's epoch of
 * it and is not behind the admissions that were seen; otherwise one of the hubs begins a new epoch and writes it all anew.
 * Thread-safe.
 */
final class PoolKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PoolKeeper.class);
    private static final int PAGE = 500;
    /** After so long a hub that began to rebuild counts as dead. */
    private static final Duration REBUILT_WITHIN = Duration.ofSeconds(10);

    private final RedisLink link;
    private final GateLearner learner;
    private final PoolEpochs epochs;
    private final UntoldChanges untold;
    private final ConcurrentMap<String, PoolState> pools = new ConcurrentHashMap<>();
    private final ReentrantLock joining = new ReentrantLock();
    /** Nodes of a cluster that did not answer since all pools were looked at last. */
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    PoolKeeper(Ledger ledger, RedisLink link) {
        this.link = link;
        this.epochs = new PoolEpochs(ledger.jdbc());
        this.untold = new UntoldChanges(ledger.jdbc());
        this.learner = new GateLearner(ledger, link, brand -> state(brand).epoch(), this::distrust);
    }

    GateLearner learner() {
        return learner;
    }

    PoolState state(String brand) {
        return pools.computeIfAbsent(brand, _ -> new PoolState());
    }

    /** True when every pool that this hub has to do with may be asked. */
    boolean allOpen() {
        return pools.values().stream().allMatch(PoolState::isOpen);
    }

    /** None is believed. */
    void lostAll() {
        pools.values().forEach(PoolState::lost);
    }

    /** Redis lost the pool or went back in time: the ledger decides until it is rebuilt, which begins now. */
    void distrust(String brand) {
        PoolState state = state(brand);
        if (state.isOpen()) {
            LOG.warn("gate of {}: Redis lost it or went back in time; the ledger decides until it is rebuilt", brand);
        }
        state.lost();
        joinSoon(brand);
    }

    /** None that lies where {@code brand}'s lies is believed. */
    void lostBeside(String brand) {
        String place = placeOf(brand);
        silent.add(place);
        pools.forEach((other, state) -> {
            if (placeOf(other).equals(place)) {
                state.lost();
            }
        });
    }

    /** True while telling Redis of this brand would only cost a time-out. */
    boolean isSilent(String brand) {
        return !silent.isEmpty() && silent.contains(placeOf(brand));
    }

    private String placeOf(String brand) {
        return link.place(RedisKeys.pool(brand));
    }

    /**
     * Makes every pool of the ledger believable; true when all are. Throws when Redis or the ledger is away; of a cluster, a node
     * that is away is asked once, its pools are lost, and the others go on.
     */
    boolean joinAll() {
        boolean all = true;
        silent.clear();
        for (List<String> page = epochs.brands("", PAGE); !page.isEmpty(); page = epochs.brands(page.getLast(), PAGE)) {
            for (String brand : page) {
                all &= !silent.contains(placeOf(brand)) && joinOrNote(brand);
            }
        }
        hearOfUntold();
        learner.work();
        return all;
    }

    /** Whoever made a change tells Redis, unless it died between its commit and that. */
    private void hearOfUntold() {
        for (UntoldChanges.Changed change : untold.recent()) {
            if (state(change.brand()).isOpen() && hasNotHeard(change)) {
                learner.want(change.brand(), List.of(change.sku()));
            }
        }
    }

    private boolean hasNotHeard(UntoldChanges.Changed change) {
        try {
            String heard =
                    link.hash(RedisKeys.stock(change.brand(), change.sku())).get("v");
            return heard != null && Long.parseLong(heard) < change.version();
        } catch (RedisException e) {
            if (!link.isCluster()) {
                throw e;
            }
            lostBeside(change.brand());
            return false;
        }
    }

    private boolean joinOrNote(String brand) {
        try {
            return isSound(brand) || join(brand);
        } catch (RedisException e) {
            if (!link.isCluster()) {
                throw e;
            }
            LOG.debug("gate of {}: its node does not answer", brand, e);
            lostBeside(brand);
            return false;
        }
    }

    /** Joins one pool in the background; when others are being joined, the next call of {@link #joinAll} does it. */
    void joinSoon(String brand) {
        if (!closed && !joining.isLocked()) {
            Thread.ofVirtual().name("gate-" + brand).start(() -> {
                try {
                    join(brand);
                    learner.work();
                } catch (RuntimeException e) {
                    LOG.debug("gate of {}: not joined, later again", brand, e);
                }
            });
        }
    }

    private boolean isSound(String brand) {
        PoolState state = state(brand);
        if (!state.isOpen()) {
            return false;
        }
        long epoch = state.epoch();
        long seen = state.seen(epoch);
        if (!inRedis(brand).serves(epoch, seen)) {
            state.lost();
            return false;
        }
        long unnoted = state.unnoted();
        if (unnoted > 0) {
            epochs.note(brand, epoch, unnoted);
            state.noted(epoch, unnoted);
        }
        return true;
    }

    /** Believes the pool as it is, or rebuilds it; false while another hub does that. */
    private boolean join(String brand) {
        joining.lock();
        try {
            PoolState state = state(brand);
            if (state.isOpen() || closed) {
                return state.isOpen();
            }
            PoolEpochs.Epoch ledgers = epochs.current(brand).orElse(new PoolEpochs.Epoch(0, 0, Duration.ZERO));
            Mark mark = inRedis(brand);
            long seen = Math.max(ledgers.seq(), state.seen(ledgers.number()));
            if (mark.serves(ledgers.number(), seen)) {
                state.adopted(ledgers.number(), mark.seq);
                return true;
            }
            // An unfinished epoch that this hub knew is one that it began itself and could not finish.
            boolean underWay =
                    mark.epoch > 0 && mark.epoch == ledgers.number() && !mark.ready && !state.knew(mark.epoch);
            if (underWay && ledgers.age().compareTo(REBUILT_WITHIN) < 0) {
                return false;
            }
            return rebuild(brand, ledgers.number(), Math.max(ledgers.number(), mark.epoch) + 1);
        } finally {
            joining.unlock();
        }
    }

    /** Writes a pool anew although nothing seems to be wrong with it. */
    boolean rebuild(String brand) {
        joining.lock();
        try {
            long before = epochs.current(brand).map(PoolEpochs.Epoch::number).orElse(0L);
            return rebuild(brand, before, Math.max(before, inRedis(brand).epoch) + 1);
        } finally {
            joining.unlock();
        }
    }

    private boolean rebuild(String brand, long before, long next) {
        PoolState state = state(brand);
        if (!epochs.begin(brand, before, next)) {
            return false;
        }
        state.rebuilding(next);
        RedisLink.Call pool = new RedisLink.Call(List.of(RedisKeys.pool(brand)), List.of(Long.toString(next)));
        if (link.number(RedisScript.OPEN, pool) == 0) {
            throw new RedisException("pool of " + brand + ": a newer epoch than " + next + " (expected: an older one)");
        }
        learner.learnAll(brand);
        boolean open = link.number(RedisScript.READY, pool) == 1 && state.opened(next);
        if (open && before > 0) {
            LOG.info("gate of {}: rebuilt from the ledger as epoch {}", brand, next);
        }
        return open;
    }

    /** Begins nothing more, and waits for a rebuild under way, 2 s at most: half of one would keep other hubs waiting. */
    void close() {
        closed = true;
        try {
            if (joining.tryLock(2, TimeUnit.SECONDS)) {
                joining.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Mark inRedis(String brand) {
        Map<String, String> fields = link.hash(RedisKeys.pool(brand));
        return new Mark(
                Long.parseLong(fields.getOrDefault("epoch", "0")),
                Long.parseLong(fields.getOrDefault("seq", "0")),
                "1".equals(fields.get("ready")));
    }

    private record Mark(long epoch, long seq, boolean ready) {

        boolean serves(long wanted, long seen) {
            return ready && epoch == wanted && seq >= seen;
        }
    }
}
