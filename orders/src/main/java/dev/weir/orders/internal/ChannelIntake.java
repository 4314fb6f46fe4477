package dev.weir.orders.internal;

import dev.weir.connectors.Order;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Attribution;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * What does a channel's statement of an order change? An order's life at a shop only goes forward (placed, paid, called
 * off), so the furthest state ever stated stands whatever order statements arrive in; of what an order says the newest
 * stands, until it is booked.
 */
final class ChannelIntake {
    /** Our order id, which a backend keeps with an order that we handed over. */
    private static final String OWN_ORDER = "weir_order";

    private final OrderStore store;
    private final Units units;
    private final Bookings bookings;
    private final Attributions attributions;
    private final RulesInForce inForce;
    private final Decisions decisions;
    private final Cancellation cancellation;
    private final BackendWord backend;
    private final OrderNews news;
    private final Clock clock;

    ChannelIntake(
            OrderStore store,
            Units units,
            Bookings bookings,
            Attributions attributions,
            RulesInForce inForce,
            Decisions decisions,
            Cancellation cancellation,
            BackendWord backend,
            OrderNews news,
            Clock clock) {
        this.store = store;
        this.units = units;
        this.bookings = bookings;
        this.attributions = attributions;
        this.inForce = inForce;
        this.decisions = decisions;
        this.cancellation = cancellation;
        this.backend = backend;
        this.news = news;
        this.clock = clock;
    }

    Intake take(String brand, UUID connectionId, Order order) {
        Optional<StoredOrder> known =
                store.lock(connectionId, order.externalId()).or(() -> handedOver(brand, connectionId, order));
        if (known.isEmpty() && order.evidence().containsKey(Order.HANDED_OVER)) {
            return new Intake.NotYet("order " + order.externalId() + " of connection " + connectionId
                    + " carries our mark, but none that was handed over is known by it yet");
        }
        if (known.isEmpty()) {
            UUID id = Ids.ofExternal(connectionId, order.externalId());
            Attributions.Decided decided = decide(brand, order);
            StoredOrder fresh = stated(id, brand, connectionId, order, decided.winner());
            if (store.insert(fresh, Sql.now(clock))) {
                decisions.write(id, decided, order.evidence(), "intake", null, Sql.now(clock));
                return first(fresh, order.state());
            }
            known = store.lock(connectionId, order.externalId());
        }
        StoredOrder there = known.orElseThrow();
        return connectionId.equals(there.view().connectionId())
                ? next(there, order)
                : backend.take(there, connectionId, order);
    }

    private Attributions.Decided decide(String brand, Order order) {
        return attributions.decide(inForce.of(brand), Facts.of(brand, order));
    }

    private Intake first(StoredOrder fresh, Order.State state) {
        if (state == Order.State.CANCELLED) {
            store.setCancelReason(fresh.id(), calledOffAt(fresh.view().channel()));
            return new Intake.Done(fresh.id(), "cancelled");
        }
        boolean taken = units.take(fresh.view(), "order/" + fresh.id());
        StoredOrder held = fresh.moved(taken ? OrderView.State.PENDING : OrderView.State.SHORT, taken, false);
        store.move(held);
        news.placed(held.view());
        if (!taken) {
            news.isShort(held.view());
        }
        return state == Order.State.PAID ? book(held) : new Intake.Done(held.id(), taken ? "taken" : "short");
    }

    private Intake next(StoredOrder known, Order order) {
        Instant at = clockOf(order);
        boolean newer = at.isAfter(known.updatedAt());
        if (known.state() == OrderView.State.CANCELLED) {
            return new Intake.Unchanged(known.id());
        }
        if (order.state() == Order.State.CANCELLED) {
            return cancellation.cancel(
                    newer ? known.asOf(at) : known,
                    calledOffAt(order.channel()),
                    at,
                    known.view().connectionId());
        }
        if (known.booked()) {
            return new Intake.Unchanged(known.id());
        }
        StoredOrder current = newer ? restate(known, order) : known;
        if (order.state() == Order.State.PAID) {
            return book(current);
        }
        return new Intake.Unchanged(known.id());
    }

    /** Units for an order that was short, now that there may be some; {@code order} is locked by the caller. */
    Intake supply(StoredOrder order, String cause) {
        boolean isShort = order.state() == OrderView.State.SHORT && !order.unitsTaken();
        if (!isShort || !units.take(order.view(), cause)) {
            return new Intake.Unchanged(order.id());
        }
        OrderView.State state = order.booked() ? OrderView.State.PAID : OrderView.State.PENDING;
        StoredOrder supplied = order.moved(state, true, order.booked());
        store.move(supplied);
        news.supplied(supplied);
        return new Intake.Done(order.id(), "taken");
    }

    private Intake book(StoredOrder order) {
        bookings.sale(order.view());
        OrderView.State state = order.unitsTaken() ? OrderView.State.PAID : OrderView.State.SHORT;
        StoredOrder booked = order.moved(state, order.unitsTaken(), true);
        store.move(booked);
        news.paid(booked);
        return new Intake.Done(order.id(), order.unitsTaken() ? "booked" : "short");
    }

    /** Takes over what a newer statement says; units are exchanged only when they differ. */
    private StoredOrder restate(StoredOrder known, Order order) {
        OrderView old = known.view();
        Attributions.Decided decided = decide(old.brand(), order);
        decisions.write(known.id(), decided, order.evidence(), "restated", null, Sql.now(clock));
        StoredOrder stated =
                stated(known.id(), order, old, decided.winner()).moved(known.state(), known.unitsTaken(), false);
        if (!StoredOrder.units(old.lines()).equals(StoredOrder.units(order.lines()))) {
            String cause = "order/" + known.id() + "/restated/" + clockOf(order);
            units.giveBackAll(known, cause + "/back");
            units.calledOff(known.view());
            boolean taken = units.take(stated.view(), cause);
            stated = stated.moved(taken ? OrderView.State.PENDING : OrderView.State.SHORT, taken, false);
            if (!taken) {
                news.isShort(stated.view());
            }
        }
        store.replaceContent(stated);
        store.move(stated);
        return stated;
    }

    /** The echo of our own order, when it comes before we learnt the id that the backend gave it. */
    private Optional<StoredOrder> handedOver(String brand, UUID connectionId, Order order) {
        String mark = order.evidence().getOrDefault(Order.HANDED_OVER, "");
        // A buyer can write into a shop's notes, so the note alone is not enough: the units must be the same too.
        Optional<StoredOrder> own = ShowRules.uuid(
                        mark.isEmpty() ? order.evidence().getOrDefault(OWN_ORDER, "") : mark)
                .flatMap(store::lock)
                .filter(found -> !connectionId.equals(found.view().connectionId())
                        && found.view().backendOrderId() == null)
                .filter(found -> found.view().brand().equals(brand))
                .filter(found -> !mark.isEmpty()
                        || StoredOrder.units(found.view().lines()).equals(StoredOrder.units(order.lines())));
        own.ifPresent(found -> store.setBackend(found.id(), connectionId, order.externalId()));
        return own;
    }

    private static StoredOrder stated(UUID id, String brand, UUID connectionId, Order order, Attribution attribution) {
        OrderView.State state =
                order.state() == Order.State.CANCELLED ? OrderView.State.CANCELLED : OrderView.State.PENDING;
        return stored(
                new OrderView(
                        id,
                        brand,
                        order.channel(),
                        connectionId,
                        order.externalId(),
                        state,
                        order.placedAt(),
                        order.lines(),
                        order.total(),
                        order.buyerEmail(),
                        order.address(),
                        attribution,
                        null,
                        null),
                order);
    }

    private static StoredOrder stated(UUID id, Order order, OrderView old, Attribution attribution) {
        return stored(
                new OrderView(
                        id,
                        old.brand(),
                        old.channel(),
                        old.connectionId(),
                        old.externalId(),
                        old.state(),
                        order.placedAt(),
                        order.lines(),
                        order.total(),
                        order.buyerEmail(),
                        order.address().isEmpty() ? old.address() : order.address(),
                        attribution,
                        old.paymentReference(),
                        old.backendOrderId()),
                order);
    }

    private static StoredOrder stored(OrderView view, Order order) {
        return new StoredOrder(view, clockOf(order), order.evidence(), null, null, null, false, false);
    }

    /** The reason that is kept, whichever of an order's statements came first. */
    static String calledOffAt(String channel) {
        return "called off at " + channel;
    }

    static Instant clockOf(Order order) {
        return order.updatedAt().truncatedTo(ChronoUnit.MICROS);
    }
}
