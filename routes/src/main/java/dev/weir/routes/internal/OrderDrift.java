package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPoll;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.State;
import dev.weir.routes.JdbcOutbox;
import dev.weir.routes.internal.DriftCauses.Judgement;
import dev.weir.routes.internal.DriftCauses.Remedy;
import dev.weir.routes.internal.DriftRuns.Counts;
import dev.weir.routes.internal.DriftRuns.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which orders does a shop have that we had not, or had otherwise? Every order of the window is taken in: those that we had change
 * nothing. What the others sold accounts for numbers that differ.
 */
final class OrderDrift {
    /** Of 100 orders; what is beyond is told by the next run, which begins where this one ended. */
    private static final int MOST_PAGES = 200;

    private static final int PAGE = 100;
    private static final Duration YOUNG = Duration.ofMinutes(2);

    private final Wiring wiring;
    private final InboxEffects effects;
    private final DriftRows rows;
    private final DriftRuns runs;
    private final DriftMissed missed;

    OrderDrift(Wiring wiring, InboxEffects effects, DriftRows rows, DriftRuns runs) {
        this.wiring = wiring;
        this.effects = effects;
        this.rows = rows;
        this.runs = runs;
        this.missed = new DriftMissed(wiring.jdbc());
    }

    /** Takes in what the shop has since {@code from}; throws what the shop threw. */
    Run all(Connection shop, Run run, Instant from) {
        if (!wiring.channel(shop).capabilities().contains(Capability.ORDER_POLL)) {
            return run;
        }
        if (run.mode() == Mode.REPORT) {
            missed.forget(run);
        }
        OrderPoll port = wiring.channel(shop).orderPoll(shop);
        Set<String> had = new HashSet<>();
        Instant since = from;
        Run moved = run;
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Order> orders = port.changedSince(since);
            List<Order> fresh = orders.stream()
                    .filter(order -> had.add(order.externalId() + "@" + order.updatedAt()))
                    .toList();
            int found = 0;
            for (Order order : fresh) {
                found += look(shop, run, order) ? 1 : 0;
            }
            moved = runs.moved(moved, "", new Counts(0, fresh.size(), 0, found, 0));
            Instant last = orders.isEmpty() ? since : orders.getLast().updatedAt();
            if (orders.size() < PAGE || !last.isAfter(since)) {
                break;
            }
            since = last;
        }
        missed.explain(run);
        return moved;
    }

    /** Whether it was news. */
    private boolean look(Connection shop, Run run, Order order) {
        try {
            Optional<String> news = Objects.requireNonNull(wiring.transaction().execute(status -> {
                Intake intake = run.mode() == Mode.BACKFILL
                        ? JdbcOutbox.quietly(() -> effects.take(shop, order))
                        : effects.take(shop, order);
                @Nullable String effect = intake instanceof Intake.Done done ? done.effect() : null;
                if (effect != null && run.mode() != Mode.REPORT) {
                    note(shop, run, order, effect);
                } else if (run.mode() == Mode.REPORT) {
                    // Taking it in is how to find out; nothing of it may stay.
                    status.setRollbackOnly();
                }
                return Optional.ofNullable(effect);
            }));
            if (news.isPresent() && run.mode() == Mode.REPORT) {
                note(shop, run, order, news.get());
            }
            return news.isPresent();
        } catch (RuntimeException e) {
            rows.found(
                    shop,
                    run,
                    row(
                            order,
                            new Judgement(
                                    Cause.UNKNOWN, Remedy.ASK, "It cannot be taken in: " + FaultPolicy.reason(e))));
            return true;
        }
    }

    private void note(Connection shop, Run run, Order order, String effect) {
        boolean isYoung = order.updatedAt().isAfter(wiring.clock().instant().minus(YOUNG));
        rows.found(shop, run, row(order, why(shop, order, effect, isYoung)));
        int sign = order.state() == Order.State.CANCELLED ? -1 : 1;
        order.lines()
                .forEach(line -> missed.sold(run, line.sku(), sign * line.quantity(), order.externalId(), isYoung));
        if (run.mode() != Mode.REPORT) {
            rows.alive(shop.id(), Kind.ORDER, List.of(order.externalId()))
                    .values()
                    .forEach(one -> rows.end(List.of(one.id()), State.HEALED));
        }
    }

    private Judgement why(Connection shop, Order order, String effect, boolean isYoung) {
        String what = "Order of " + order.total() + ", " + order.state() + " at the shop since " + order.updatedAt()
                + "; taken in: " + effect;
        Optional<String> waiting = waiting(shop, order);
        if (waiting.isPresent()) {
            return new Judgement(Cause.IN_FLIGHT, Remedy.WAIT, what + ". Its delivery is here: " + waiting.get());
        }
        if (isYoung) {
            return new Judgement(Cause.IN_FLIGHT, Remedy.WAIT, what + ". Word of it may still be under way");
        }
        return new Judgement(Cause.LOST_WEBHOOK, Remedy.WAIT, what + ". No push and no question told us of it");
    }

    /** What became of a delivery that speaks of it and is not handled. */
    private Optional<String> waiting(Connection shop, Order order) {
        return wiring.jdbc()
                .sql("""
                        select state || coalesce(': ' || reason, '') from inbox
                        where connection_id = :id and aggregate_key = :order and state in ('RECEIVED', 'PARKED')
                        order by seq desc limit 1""")
                .param("id", shop.id())
                .param("order", order.externalId().substring(order.externalId().lastIndexOf('/') + 1))
                .query(String.class)
                .optional();
    }

    private static DriftRows.Found row(Order order, Judgement judgement) {
        return new DriftRows.Found(
                Kind.ORDER,
                order.externalId(),
                "known here",
                order.state() + ", " + order.total(),
                null,
                judgement,
                order.total());
    }
}
