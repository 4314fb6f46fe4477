package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.GateState;
import dev.weir.reservation.RedisAddress;
import dev.weir.reservation.ReservationSettings;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate in Redis. One command that fails closes it until Redis answers again; a pool that was flushed, restored or taken
 * over by a replica that lags says so itself at the next question ({@link PoolKeeper}), and is not believed until it has been
 * rebuilt.
 */
public final class RedisGate implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(RedisGate.class);

    private final Ledger ledger;
    private final RedisLink link;
    private final PoolKeeper pools;
    private final ReservationSettings settings;
    private final ReentrantLock tending = new ReentrantLock();
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile boolean away = true;

    private RedisGate(RedisAddress redis, Ledger ledger, ReservationSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
        this.link = new RedisLink(redis, settings.redisTimeout());
        this.pools = new PoolKeeper(ledger, link);
    }

    /** A closed gate; it opens by {@link #resync()} or {@link #tend()}. */
    public static RedisGate over(RedisAddress redis, Ledger ledger, ReservationSettings settings) {
        return new RedisGate(redis, ledger, settings);
    }

    @Override
    public Admission admit(Ask ask) {
        return ask(new Question(ask.brand(), ask.holdId(), ask.units(), ask.expiresAt()));
    }

    @Override
    public Optional<Admission.SoldOut> look(String brand, UUID hold, NavigableMap<Sku, Integer> units) {
        return ask(new Question(brand, hold, units, null)) instanceof Admission.SoldOut soldOut
                ? Optional.of(soldOut)
                : Optional.empty();
    }

    /** Without an end it only looks. */
    private record Question(
            String brand,
            UUID hold,
            NavigableMap<Sku, Integer> units,
            @Nullable Instant until) {

        long lifeMillis(Instant now) {
            return until == null ? 0 : Math.max(1, RedisKeys.millis(now, until));
        }
    }

    private Admission ask(Question question) {
        if (away) {
            return new Admission.Unknown();
        }
        PoolState pool = pools.state(question.brand());
        long epoch = pool.epoch();
        if (!pool.isOpen()
                || pools.learner().isWanted(question.brand(), question.units().keySet())) {
            return new Admission.Unknown();
        }
        try {
            List<Object> answer = link.list(RedisScript.ADMIT, admission(question, epoch, pool.seen(epoch)));
            return read(answer, question, epoch);
        } catch (RedisException e) {
            lost(question.brand(), e);
            return new Admission.Unknown();
        }
    }

    @Override
    public void withdraw(Ask ask) {
        if (isUnreachable(ask.brand())) {
            return;
        }
        try {
            link.delete(List.of(RedisKeys.marker(ask.brand(), ask.holdId())));
            List<Settled> back = ask.units().entrySet().stream()
                    .map(line -> new Settled(line.getKey(), null, ask.holdId(), line.getValue(), null))
                    .toList();
            settle(ask.brand(), back);
        } catch (RedisException e) {
            pools.learner().want(ask.brand(), ask.skus());
            lost(ask.brand(), e);
        }
    }

    @Override
    public void remember(Ask ask) {
        if (isUnreachable(ask.brand())) {
            return;
        }
        try {
            link.set(RedisKeys.marker(ask.brand(), ask.holdId()), memory());
        } catch (RedisException e) {
            lost(ask.brand(), e);
        }
    }

    @Override
    public void settle(String brand, List<Settled> changes) {
        if (changes.isEmpty()) {
            return;
        }
        List<Sku> skus = changes.stream().map(Settled::sku).toList();
        long epoch = away ? 0 : pools.state(brand).epoch();
        if (epoch == 0) {
            // Another hub may be rebuilding from before this change: read again once this one knows the pool.
            pools.learner().want(brand, skus);
            return;
        }
        try {
            List<Object> answer = link.list(RedisScript.SETTLE, settlement(brand, epoch, skus, changes));
            long unknown = (Long) answer.get(0);
            if (unknown != 0) {
                pools.learner().want(brand, skus);
            }
            if (unknown < 0) {
                distrust(brand);
            } else {
                pools.state(brand).saw(epoch, (Long) answer.get(1));
            }
        } catch (RedisException e) {
            pools.learner().want(brand, skus);
            lost(brand, e);
        }
    }

    @Override
    public void learn(String brand, Collection<Sku> skus) {
        pools.learner().want(brand, skus);
        if (!away && !pools.state(brand).isOpen()) {
            pools.joinSoon(brand);
        }
    }

    @Override
    public boolean resync() {
        tending.lock();
        try {
            ledger.syncClock();
            link.ping();
            away = false;
            boolean all = pools.joinAll();
            if (all && complained.getAndSet(false)) {
                LOG.info("gate: open again");
            }
            return all;
        } catch (RuntimeException e) {
            complain(e);
            return false;
        } finally {
            tending.unlock();
        }
    }

    @Override
    public boolean rebuild(String brand) {
        try {
            return !away && pools.rebuild(brand);
        } catch (RuntimeException e) {
            complain(e);
            return false;
        }
    }

    @Override
    public void tend() {
        resync();
    }

    @Override
    public void distrust(String brand) {
        pools.distrust(brand);
    }

    /** Of a cluster, only what lies on the same node is lost with it. */
    private void lost(String brand, RedisException e) {
        if (!link.isCluster()) {
            if (!(e instanceof RedisCommandTimeoutException) || !answersStill()) {
                complain(e);
            }
            return;
        }
        pools.lostBeside(brand);
        sayOnce(e);
    }

    /**
     * A command is late also when this hub stood still, and then a closed gate would send a whole rush to the ledger: Redis is away
     * when it does not answer the next question either. One thread asks; what others were unsure of they have asked the ledger.
     */
    private boolean answersStill() {
        if (!asking.tryLock()) {
            return true;
        }
        try {
            link.ping();
            return true;
        } catch (RedisException e) {
            return false;
        } finally {
            asking.unlock();
        }
    }

    private boolean isUnreachable(String brand) {
        return away || pools.isSilent(brand);
    }

    /** Closes the gate. */
    private void complain(RuntimeException e) {
        away = true;
        pools.lostAll();
        sayOnce(e);
    }

    /** Until it has been open again. */
    private void sayOnce(RuntimeException e) {
        if (complained.compareAndSet(false, true)) {
            LOG.warn("gate: closed, holds come straight from the ledger ({})", e.toString());
        }
    }

    /** How long a repeat is recognised: three times the longest life of a hold. */
    private Duration memory() {
        return settings.holdFor().plus(settings.payingFor()).multipliedBy(3);
    }

    private RedisLink.Call admission(Question question, long epoch, long seen) {
        String brand = question.brand();
        List<String> keys = new ArrayList<>();
        keys.add(RedisKeys.pool(brand));
        keys.add(RedisKeys.marker(brand, question.hold()));
        keys.addAll(RedisKeys.pairs(brand, question.units().keySet()));
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(epoch));
        arguments.add(Long.toString(seen));
        Instant now = ledger.now();
        arguments.add(Long.toString(now.toEpochMilli()));
        arguments.add(Long.toString(question.lifeMillis(now)));
        arguments.add(Long.toString(memory().toMillis()));
        arguments.add(question.hold().toString());
        question.units().values().forEach(units -> arguments.add(units.toString()));
        return new RedisLink.Call(keys, arguments);
    }

    private RedisLink.Call settlement(String brand, long epoch, List<Sku> skus, List<Settled> changes) {
        Instant now = ledger.now();
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(epoch));
        arguments.add(Long.toString(now.toEpochMilli()));
        for (Settled change : changes) {
            StockRow row = change.row();
            arguments.add(row == null ? "" : Integer.toString(row.cap()));
            arguments.add(row == null ? "0" : Long.toString(row.version()));
            arguments.add(change.hold() == null ? "" : RedisKeys.member(change.hold(), change.units()));
            Instant until = change.until();
            arguments.add(until == null ? "-1" : Long.toString(RedisKeys.millis(now, until)));
        }
        return new RedisLink.Call(RedisKeys.of(brand, skus), arguments);
    }

    private Admission read(List<Object> answer, Question question, long epoch) {
        String word = (String) answer.get(0);
        return switch (word) {
            case "ADMITTED" -> {
                long seq = (Long) answer.get(1);
                pools.state(question.brand()).saw(epoch, seq);
                yield new Admission.Admitted(epoch, seq);
            }
            case "ENOUGH" -> new Admission.Unknown();
            case "STALE" -> {
                distrust(question.brand());
                yield new Admission.Unknown();
            }
            case "REPEAT" -> new Admission.Repeat();
            case "UNKNOWN" -> new Admission.Unknown();
            case "SOLD_OUT" -> {
                int index = Math.toIntExact((Long) answer.get(1)) - 1;
                yield new Admission.SoldOut(
                        List.copyOf(question.units().keySet()).get(index), Math.toIntExact((Long) answer.get(2)));
            }
            default -> throw new RedisException("answer: " + word + " (expected: one of admit.lua's)");
        };
    }

    @Override
    public GateState state() {
        return away || !pools.allOpen() ? GateState.CLOSED : GateState.OPEN;
    }

    @Override
    public void close() {
        pools.close();
        away = true;
        link.close();
    }
}
