package dev.weir.routes.internal;

import dev.weir.connectors.AtWork;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Order;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Sku;
import dev.weir.connectors.Traces;
import dev.weir.orders.OrderBook;
import dev.weir.routes.internal.InboxStore.Conclusion;
import dev.weir.routes.internal.InboxStore.Conclusion.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What do the events of one delivery change? Called inside the transaction that ends its row. */
final class InboxEffects {
    private static final Duration LEAST_AGE = Duration.ofSeconds(5);
    private static final Duration MOST_AGE = Duration.ofHours(1);

    private final Wiring wiring;
    private final InboxStore store;
    private final PublishedLevels levels;
    private final NoticeEffects notices;
    private final CommentEffects comments;
    private final BackendRefunds refunds;

    InboxEffects(
            Wiring wiring,
            InboxStore store,
            PublishedLevels levels,
            NoticeEffects notices,
            CommentEffects comments,
            BackendRefunds refunds) {
        this.refunds = refunds;
        this.wiring = wiring;
        this.store = store;
        this.levels = levels;
        this.notices = notices;
        this.comments = comments;
    }

    /** Carries out every event; the delivery is parked when one of them cannot be yet, and all are repeatable. */
    Conclusion apply(Delivery delivery, Connection connection, List<ChannelEvent> events) {
        List<Conclusion> each = new ArrayList<>();
        for (ChannelEvent event : events) {
            each.add(
                    switch (event) {
                        case ChannelEvent.OrderStated stated -> order(delivery, connection, stated.order());
                        case ChannelEvent.RefundStated stated -> refund(delivery, connection, stated.refund());
                        case ChannelEvent.StockSeen seen -> stock(delivery, connection, seen);
                        case ChannelEvent.Ignored ignored ->
                            new Conclusion(State.IGNORED, ignored.reason(), null, null);
                        case ChannelEvent.ShipmentStated stated -> shipment(delivery, connection, stated);
                        case ChannelEvent.CatalogueTouched touched ->
                            notices.catalogue(connection, touched)
                                    .orElseGet(() -> nobodyTakes(delivery, "changed listings of this shop"));
                        case ChannelEvent.CommentMade comment -> comments.hear(connection, comment);
                        case ChannelEvent.AccessLapsing lapsing -> notices.access(delivery, connection, lapsing);
                        case ChannelEvent.PrivacyAsked asked -> notices.privacy(delivery, connection, asked);
                        case ChannelEvent.OrderTouched touched ->
                            throw new IllegalStateException("order " + touched.externalId() + ": read it first");
                    });
        }
        return join(each);
    }

    /** Takes an order in and wakes what waited for it; in the caller's transaction. */
    OrderBook.Intake take(Connection connection, Order order) {
        OrderBook.Intake intake = learned(wiring.traces()
                .within(
                        Traces.Kind.STEP,
                        "order taken in",
                        () -> learned(wiring.orders().take(connection.brand(), connection.id(), order))));
        if (!(intake instanceof OrderBook.Intake.NotYet)) {
            store.wake(connection.id(), waitsFor(order.externalId()));
        }
        return intake;
    }

    /** Told to the span of the step and to what that is part of. */
    private static OrderBook.Intake learned(OrderBook.Intake intake) {
        switch (intake) {
            case OrderBook.Intake.Done done -> AtWork.learned(AtWork.On.ORDER, done.orderId());
            case OrderBook.Intake.Unchanged same -> AtWork.learned(AtWork.On.ORDER, same.orderId());
            case OrderBook.Intake.NotYet notYet -> {}
        }
        return intake;
    }

    private Conclusion order(Delivery delivery, Connection connection, Order order) {
        return concluded(delivery, take(connection, order), null, "order " + order.externalId());
    }

    private Conclusion refund(Delivery delivery, Connection connection, Refund refund) {
        return concluded(
                delivery,
                refund(connection, refund),
                waitsFor(refund.orderExternalId()),
                "refund " + refund.externalId());
    }

    /** The money of an order that was paid here is ours to give back, whatever its backend wrote down. In the caller's transaction. */
    OrderBook.Intake refund(Connection connection, Refund refund) {
        return wiring.orders()
                .at(connection.id(), refund.orderExternalId())
                .filter(order -> order.connectionId() == null)
                .map(order -> refunds.gaveBack(order, connection, refund))
                .orElseGet(() -> wiring.orders().refund(connection.brand(), connection.id(), refund));
    }

    /** As a delivery that says the same; in the caller's transaction. What we told the shop ourselves is Unchanged. */
    OrderBook.Intake afterSale(Connection connection, ChannelEvent event) {
        return switch (event) {
            case ChannelEvent.RefundStated stated -> refund(connection, stated.refund());
            case ChannelEvent.ShipmentStated stated ->
                notices.shipment(connection, stated)
                        .orElseGet(() -> wiring.orders()
                                .at(connection.id(), stated.orderExternalId())
                                .<OrderBook.Intake>map(order -> new OrderBook.Intake.Unchanged(order.id()))
                                .orElseGet(() -> new OrderBook.Intake.NotYet("its order is gone")));
            case ChannelEvent.OrderStated _,
                    ChannelEvent.OrderTouched _,
                    ChannelEvent.StockSeen _,
                    ChannelEvent.CatalogueTouched _,
                    ChannelEvent.CommentMade _,
                    ChannelEvent.AccessLapsing _,
                    ChannelEvent.PrivacyAsked _,
                    ChannelEvent.Ignored _ ->
                throw new IllegalArgumentException("event: " + event + " (expected: a shipment or a refund)");
        };
    }

    private Conclusion shipment(Delivery delivery, Connection connection, ChannelEvent.ShipmentStated stated) {
        String what = "shipment " + stated.shipment().externalId();
        return notices.shipment(connection, stated)
                .map(intake -> concluded(delivery, intake, waitsFor(stated.orderExternalId()), what))
                .orElseGet(() -> new Conclusion(State.IGNORED, what + " is the one that we told of", null, null));
    }

    private Conclusion concluded(Delivery delivery, OrderBook.Intake intake, @Nullable String waits, String what) {
        return switch (intake) {
            case OrderBook.Intake.Done done -> new Conclusion(State.PROCESSED, what + " " + done.effect(), null, null);
            case OrderBook.Intake.Unchanged same ->
                new Conclusion(State.PROCESSED, what + " was known already", null, null);
            case OrderBook.Intake.NotYet notYet -> new Conclusion(State.PARKED, notYet.reason(), waits, age(delivery));
        };
    }

    private Conclusion stock(Delivery delivery, Connection connection, ChannelEvent.StockSeen seen) {
        Optional<Sku> sku = wiring.catalogue().skuOf(connection.id(), seen.stockRef());
        if (sku.isEmpty()) {
            return new Conclusion(
                    State.PARKED, "stock record " + seen.stockRef() + " belongs to no known SKU", null, age(delivery));
        }
        return switch (levels.seen(connection.id(), sku.get(), seen.available(), seen.at())) {
            case ECHO -> new Conclusion(State.IGNORED, "echo of our own write", null, null);
            case DRIFT ->
                new Conclusion(
                        State.PROCESSED,
                        "drift: the shop says " + seen.available() + " of " + sku.get() + ", which we did not write",
                        null,
                        null);
        };
    }

    private Conclusion nobodyTakes(Delivery delivery, String what) {
        return new Conclusion(State.PARKED, what + " are not taken in by this hub", null, age(delivery));
    }

    /** As long again as it has waited already, so that old rows are looked at less often. */
    private Duration age(Delivery delivery) {
        Instant now = wiring.clock().instant();
        Duration age = Duration.between(delivery.receivedAt(), now);
        if (age.compareTo(LEAST_AGE) < 0) {
            return LEAST_AGE;
        }
        return age.compareTo(MOST_AGE) > 0 ? MOST_AGE : age;
    }

    private static String waitsFor(String orderExternalId) {
        return "order/" + orderExternalId;
    }

    private static Conclusion join(List<Conclusion> each) {
        String reasons = String.join("; ", each.stream().map(Conclusion::reason).toList());
        for (State state : List.of(State.PARKED, State.PROCESSED)) {
            for (Conclusion one : each) {
                if (one.state() == state) {
                    return new Conclusion(state, reasons, one.waitsFor(), one.lookAgain());
                }
            }
        }
        return new Conclusion(State.IGNORED, each.isEmpty() ? "the delivery says nothing" : reasons, null, null);
    }
}
