package dev.weir.bench.hold;

import dev.weir.connectors.Sku;
import dev.weir.reservation.FairnessRules;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.Waitlist;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;

/** What happens to units when the holds of them end, one by one or all at one moment? Over a rig of its own. */
public final class Lapses {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WHILE_THEY_JOIN = Duration.ofMinutes(10);
    private static final Duration LEAD = Duration.ofMillis(1_500);
    private static final int BETWEEN_MILLIS = 20;
    private static final int EARLY_MILLIS = 30;

    private final HoldRig rig;
    private final AtomicInteger keys = new AtomicInteger();

    /** Over {@code rig}. */
    public Lapses(HoldRig rig) {
        this.rig = rig;
    }

    /** Nobody sweeps: when does one who keeps asking get the unit, and was one refused who asked after the end? */
    public Late atTheNextAsk(int times, AtomicInteger refused) throws Exception {
        var late = new Late();
        List<Sku> skus = rig.stock("dead", times, 1);
        for (Sku sku : skus) {
            Instant due = held(sku).expiresAt();
            Thread.startVirtualThread(() -> ask(sku, due, late, refused));
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
        }
        until(late, times);
        return late;
    }

    private void ask(Sku sku, Instant due, Late late, AtomicInteger refused) {
        try {
            TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), due)
                    .minusMillis(EARLY_MILLIS)
                    .toMillis());
            Instant asked = Instant.now();
            HoldOutcome outcome = tap(sku);
            while (!(outcome instanceof HoldOutcome.Granted)) {
                refused.addAndGet(asked.isBefore(due) ? 0 : 1);
                asked = Instant.now();
                outcome = tap(sku);
            }
            late.add(due, Instant.now());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One who is told that the unit is free asks at once: when have they got it? */
    public Late heldByWhoIsTold(int times) throws Exception {
        var late = new Late();
        Map<String, Instant> ends = new ConcurrentHashMap<>();
        List<Sku> skus = rig.stock("one", times, 1);
        rig.hear(event -> {
            Instant due = isFree(event) ? ends.remove(event.sku()) : null;
            if (due != null) {
                Thread.startVirtualThread(() -> {
                    held(new Sku(event.sku()));
                    late.add(due, Instant.now());
                });
            }
        });
        for (Sku sku : skus) {
            ends.put(sku.value(), held(sku).expiresAt());
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
        }
        until(late, times);
        return late;
    }

    /** One waits in line for each unit: when is it on disk, and to be pushed, that they have it? */
    public Late handedOver(int times) throws Exception {
        var late = new Late();
        Map<String, Instant> ends = new ConcurrentHashMap<>();
        List<Sku> skus = rig.stock("line", times, 1);
        rig.hear(event -> {
            Instant due = isServed(event) ? ends.remove(event.sku()) : null;
            if (due != null) {
                late.add(due, event.at());
            }
        });
        for (Sku sku : skus) {
            fair(sku);
            ends.put(sku.value(), held(sku).expiresAt());
            join(sku);
        }
        until(late, times);
        return late;
    }

    /** All holds of these SKUs end at one moment, and nobody asks: when is each unit free? */
    public Late freedTogether(String name, int skus, int holds) throws Exception {
        var late = new Late();
        List<Sku> stock = rig.stock(name, skus, holds / skus);
        Rush.run(holds, n -> held(stock.get(n % skus)));
        Instant due = endTogether(stock);
        Map<String, Long> free = new ConcurrentHashMap<>();
        rig.hear(event -> {
            if (isFree(event) && event.sku().startsWith(name)) {
                Long before = free.put(event.sku(), event.number("available"));
                for (long unit = before == null ? 0 : before; unit < event.number("available"); unit++) {
                    late.add(due, event.at());
                }
            }
        });
        until(late, holds);
        return late;
    }

    /** As {@link #freedTogether} of one SKU, and 64 buyers ask again and again: when has the last unit a new holder? */
    public Late heldAgainTogether(int holds) throws Exception {
        var late = new Late();
        Sku sku = rig.stock("again", 1, holds).getFirst();
        Rush.run(holds, n -> held(sku));
        Instant due = endTogether(List.of(sku));
        rig.hear(event -> {});
        TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), due).toMillis());
        Rush.run(holds, n -> {
            while (!(tap(sku) instanceof HoldOutcome.Granted)) {
                Thread.onSpinWait();
            }
            late.add(due, Instant.now());
        });
        return late;
    }

    /** As {@link #freedTogether} of one SKU, and as many wait in line. */
    public Late handedOverTogether(int holds) throws Exception {
        var late = new Late();
        Sku sku = rig.stock("queue", 1, holds).getFirst();
        fair(sku);
        Rush.run(holds, n -> held(sku));
        endAt(List.of(sku), Instant.now().plus(WHILE_THEY_JOIN));
        NavigableSet<Long> places = new ConcurrentSkipListSet<>();
        Rush.run(holds, n -> places.add(join(sku).place()));
        Instant due = Instant.now().plus(LEAD);
        endAt(List.of(sku), due);
        rig.hear(event -> {
            if (isServed(event) && event.sku().equals(sku.value())) {
                NavigableSet<Long> served = places.headSet(event.number("place"), true);
                served.forEach(place -> late.add(due, event.at()));
                served.clear();
            }
        });
        until(late, holds);
        return late;
    }

    /** A little after the last of them would: then Redis is not in the way. */
    private Instant endTogether(List<Sku> skus) {
        Timestamp last = Objects.requireNonNull(new JdbcTemplate(rig.database())
                .queryForObject(
                        "select max(expires_at) from hold where brand = ? and state = 'HELD' and skus && ?::text[]",
                        Timestamp.class,
                        HoldRig.BRAND,
                        codes(skus)));
        Instant due = last.toInstant().plusMillis(BETWEEN_MILLIS);
        endAt(skus, due);
        return due;
    }

    private void endAt(List<Sku> skus, Instant due) {
        new JdbcTemplate(rig.database())
                .update(
                        "update hold set expires_at = ? where brand = ? and state = 'HELD' and skus && ?::text[]",
                        Timestamp.from(due),
                        HoldRig.BRAND,
                        codes(skus));
    }

    private static String[] codes(List<Sku> skus) {
        return skus.stream().map(Sku::value).toArray(String[]::new);
    }

    private void fair(Sku sku) {
        rig.module().fairness().setRules(HoldRig.BRAND, sku, new FairnessRules(true, 20, null, false));
    }

    private Waitlist.Entry join(Sku sku) {
        Waitlist.JoinOutcome outcome = rig.module().waitlist().join(rig.tap("join/" + keys.incrementAndGet(), sku));
        if (outcome instanceof Waitlist.JoinOutcome.Joined joined) {
            return joined.entry();
        }
        throw new IllegalStateException("waitlist of " + sku + ": " + outcome + " (expected: joined)");
    }

    private Hold held(Sku sku) {
        if (tap(sku) instanceof HoldOutcome.Granted granted) {
            return granted.hold();
        }
        throw new IllegalStateException("hold of " + sku + ": refused (expected: granted)");
    }

    private HoldOutcome tap(Sku sku) {
        return rig.module().reservations().hold(rig.tap("tap/" + keys.incrementAndGet(), sku));
    }

    private static boolean isFree(HeardOutbox.Heard event) {
        return event.type().equals("StockChanged") && event.number("available") > 0;
    }

    private static boolean isServed(HeardOutbox.Heard event) {
        return event.type().equals("WaitlistServed");
    }

    private static void until(Late late, int times) throws InterruptedException {
        Instant given = Instant.now().plus(PATIENCE);
        while (late.size() < times && Instant.now().isBefore(given)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        if (late.size() < times) {
            throw new IllegalStateException("lapses: " + late.size() + " of " + times + " (expected: all in 30 s)");
        }
    }
}
