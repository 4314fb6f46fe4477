package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.ReservationSettings;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate in Redis. It is open only after a rebuild from the ledger; one command that fails closes it until the next one,
 * so a Redis that was away, flushed or replaced is never believed.
 */
public final class RedisGate implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(RedisGate.class);

    private enum Phase {
        /** Redis is left alone; the ledger decides. */
        AWAY,
        /** Redis hears of changes but is not asked yet. */
        REBUILDING,
        /** Redis is asked first. */
        OPEN
    }

    private final Ledger ledger;
    private final RedisLink link;
    private final RedisNow redisNow;
    private final GateLearner learner;
    private final ReservationSettings settings;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.AWAY);
    private final ReentrantLock rebuilding = new ReentrantLock();
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile String runId = "";

    private RedisGate(RedisURI redis, Ledger ledger, ReservationSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
        this.link = new RedisLink(redis, settings.redisTimeout());
        this.redisNow = settings.redisTime() ? now -> "0" : now -> Long.toString(now.toEpochMilli());
        this.learner = new GateLearner(ledger, link, redisNow, this::lost);
    }

    /** A closed gate; it opens by {@link #resync()} or {@link #tend()}. */
    public static RedisGate over(RedisURI redis, Ledger ledger, ReservationSettings settings) {
        return new RedisGate(redis, ledger, settings);
    }

    @Override
    public Admission admit(Ask ask) {
        List<Sku> skus = ask.skus();
        if (phase.get() != Phase.OPEN || learner.isWanted(ask.brand(), skus)) {
            return new Admission.Unknown();
        }
        try {
            List<Object> answer = link.list(RedisScript.ADMIT, admission(ask));
            return read(answer, skus);
        } catch (RedisException e) {
            lost(e);
            return new Admission.Unknown();
        }
    }

    @Override
    public void withdraw(Ask ask) {
        if (phase.get() == Phase.AWAY) {
            return;
        }
        try {
            link.delete(List.of(RedisKeys.marker(ask.brand(), ask.holdId())));
            List<Settled> back = ask.units().entrySet().stream()
                    .map(line -> new Settled(line.getKey(), null, ask.holdId(), line.getValue(), null))
                    .toList();
            settle(ask.brand(), back);
        } catch (RedisException e) {
            lost(e);
        }
    }

    @Override
    public void remember(Ask ask) {
        if (phase.get() == Phase.AWAY) {
            return;
        }
        try {
            link.set(RedisKeys.marker(ask.brand(), ask.holdId()), memory());
        } catch (RedisException e) {
            lost(e);
        }
    }

    @Override
    public void settle(String brand, List<Settled> changes) {
        if (changes.isEmpty() || phase.get() == Phase.AWAY) {
            return;
        }
        List<Sku> skus = changes.stream().map(Settled::sku).toList();
        try {
            long unknown = link.number(RedisScript.SETTLE, settlement(brand, skus, changes));
            if (unknown > 0) {
                learner.want(brand, skus);
            }
        } catch (RedisException e) {
            lost(e);
        }
    }

    @Override
    public void learn(String brand, Collection<Sku> skus) {
        if (phase.get() != Phase.AWAY) {
            learner.want(brand, skus);
        }
    }

    @Override
    public boolean resync() {
        rebuilding.lock();
        try {
            phase.set(Phase.REBUILDING);
            runId = link.runId();
            learner.learnAll();
            boolean open = phase.compareAndSet(Phase.REBUILDING, Phase.OPEN);
            if (open && complained.getAndSet(false)) {
                LOG.info("gate: rebuilt from the ledger and open again");
            }
            return open;
        } catch (RuntimeException e) {
            complain(e);
            return false;
        } finally {
            rebuilding.unlock();
        }
    }

    @Override
    public void tend() {
        if (phase.get() != Phase.OPEN || !sameServer()) {
            resync();
        }
        learner.work();
    }

    private boolean sameServer() {
        try {
            return Objects.equals(runId, link.runId());
        } catch (RedisException e) {
            lost(e);
            return false;
        }
    }

    private void lost(RedisException e) {
        complain(e);
    }

    /** Closes the gate, and says so once until it has been open again. */
    private void complain(RuntimeException e) {
        phase.set(Phase.AWAY);
        if (complained.compareAndSet(false, true)) {
            LOG.warn("gate: closed, holds come straight from the ledger ({})", e.toString());
        }
    }

    /** How long a repeat is recognised: three times the longest life of a hold. */
    private Duration memory() {
        return settings.holdFor().plus(settings.payingFor()).multipliedBy(3);
    }

    private RedisLink.Call admission(Ask ask) {
        Instant now = ledger.now();
        List<String> keys = new ArrayList<>();
        keys.add(RedisKeys.marker(ask.brand(), ask.holdId()));
        keys.addAll(RedisKeys.pairs(ask.brand(), ask.units().keySet()));
        List<String> arguments = new ArrayList<>();
        arguments.add(redisNow.argument(now));
        arguments.add(Long.toString(Duration.between(now, ask.expiresAt()).toMillis()));
        arguments.add(Long.toString(memory().toMillis()));
        arguments.add(ask.holdId().toString());
        ask.units().values().forEach(units -> arguments.add(units.toString()));
        return new RedisLink.Call(keys, arguments);
    }

    private RedisLink.Call settlement(String brand, List<Sku> skus, List<Settled> changes) {
        Instant now = ledger.now();
        List<String> arguments = new ArrayList<>();
        arguments.add(redisNow.argument(now));
        for (Settled change : changes) {
            StockRow row = change.row();
            arguments.add(row == null ? "" : Integer.toString(row.cap()));
            arguments.add(row == null ? "0" : Long.toString(row.version()));
            arguments.add(change.hold() == null ? "" : RedisKeys.member(change.hold(), change.units()));
            Instant until = change.until();
            arguments.add(
                    until == null
                            ? "-1"
                            : Long.toString(Duration.between(now, until).toMillis()));
        }
        return new RedisLink.Call(RedisKeys.pairs(brand, skus), arguments);
    }

    private static Admission read(List<Object> answer, List<Sku> skus) {
        String word = (String) answer.get(0);
        return switch (word) {
            case "ADMITTED" -> new Admission.Admitted();
            case "REPEAT" -> new Admission.Repeat();
            case "UNKNOWN" -> new Admission.Unknown();
            case "SOLD_OUT" -> {
                int index = Math.toIntExact((Long) answer.get(1)) - 1;
                yield new Admission.SoldOut(skus.get(index), Math.toIntExact((Long) answer.get(2)));
            }
            default -> throw new RedisException("answer: " + word + " (expected: one of admit.lua's)");
        };
    }

    @Override
    public void close() {
        phase.set(Phase.AWAY);
        link.close();
    }
}
