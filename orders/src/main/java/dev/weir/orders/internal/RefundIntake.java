package dev.weir.orders.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Refund;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.orders.OrderView;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What does money or units that went back change? Each refund once, by connection and the shop's id of it. */
final class RefundIntake {
    private final JdbcClient jdbc;
    private final OrderStore store;
    private final Units units;
    private final Bookings bookings;
    private final OrderNews news;

    RefundIntake(JdbcClient jdbc, OrderStore store, Units units, Bookings bookings, OrderNews news) {
        this.jdbc = jdbc;
        this.store = store;
        this.units = units;
        this.bookings = bookings;
        this.news = news;
    }

    Intake refund(UUID connectionId, Refund stated) {
        StoredOrder order = store.lock(connectionId, stated.orderExternalId()).orElse(null);
        if (order == null) {
            return new Intake.NotYet("order " + stated.orderExternalId() + " of connection " + connectionId
                    + " is not known yet (refund " + stated.externalId() + ")");
        }
        Refund refund = ofWhoWasPaid(order.view(), connectionId, stated);
        check(order.view().total(), refund);
        if (known(connectionId, refund)) {
            return new Intake.Unchanged(order.id());
        }
        if (order.state() == OrderView.State.CANCELLED) {
            // The cancellation undid everything already; only remember that this refund was seen.
            insert(connectionId, refund, order, Map.of());
            return new Intake.Unchanged(order.id());
        }
        if (!order.booked()) {
            return new Intake.NotYet("order " + refund.orderExternalId() + " of connection " + connectionId
                    + " is not paid yet (refund " + refund.externalId() + ")");
        }
        Intake booked = book(connectionId, refund, order);
        if (!isPaidBy(order.view(), connectionId)
                && order.state() != OrderView.State.REFUNDED
                && gaveAnything(stated)) {
            news.calledOffInPart(order.view(), connectionId, words(stated));
        }
        return booked;
    }

    private static boolean gaveAnything(Refund stated) {
        return stated.amount().minor() > 0 || !stated.restocked().isEmpty();
    }

    private static String words(Refund stated) {
        String units = stated.restocked().stream()
                .map(line -> line.quantity() + " x " + line.sku())
                .collect(Collectors.joining(", "));
        return "given back: " + stated.amount() + (units.isEmpty() ? "" : ", " + units);
    }

    private static boolean isPaidBy(OrderView order, UUID connectionId) {
        UUID seller = order.connectionId();
        return seller == null || seller.equals(connectionId);
    }

    private static Refund ofWhoWasPaid(OrderView order, UUID connectionId, Refund stated) {
        return isPaidBy(order, connectionId)
                ? stated
                : new Refund(
                        stated.externalId(),
                        stated.orderExternalId(),
                        stated.at(),
                        stated.restocked(),
                        Money.zero(stated.amount().currency()));
    }

    private Intake book(UUID connectionId, Refund refund, StoredOrder order) {
        String cause = "order/" + order.id() + "/refund/" + refund.externalId();
        insert(connectionId, refund, order, units.giveBack(order, StoredOrder.units(refund.restocked()), cause));
        boolean settled = bookings.refund(order.view(), connectionId, refund);
        StoredOrder refunded = settled ? order.moved(OrderView.State.REFUNDED, order.unitsTaken(), true) : order;
        store.move(refunded);
        if (refund.amount().minor() > 0 || !refund.restocked().isEmpty()) {
            news.refunded(refunded.view(), refund.amount());
        }
        return new Intake.Done(order.id(), "refunded");
    }

    private boolean known(UUID connectionId, Refund refund) {
        return jdbc.sql("select exists (select 1 from order_refund where connection_id = :c and external_id = :e)")
                .param("c", connectionId)
                .param("e", refund.externalId())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    private void insert(UUID connectionId, Refund refund, StoredOrder order, Map<String, Integer> restocked) {
        jdbc.sql("""
                        insert into order_refund (connection_id, external_id, order_id, amount_minor, refunded_at,
                          restocked)
                        values (:connection, :external, :order, :amount, :at, cast(:restocked as jsonb))""")
                .param("connection", connectionId)
                .param("external", refund.externalId())
                .param("order", order.id())
                .param("amount", refund.amount().minor())
                .param("at", Sql.at(refund.at()))
                .param("restocked", Sql.json(restocked))
                .update();
    }

    private static void check(Money total, Refund refund) {
        if (!refund.amount().currency().equals(total.currency())
                || refund.amount().minor() < 0) {
            throw new IllegalArgumentException("amount: " + refund.amount() + " of refund " + refund.externalId()
                    + " (expected: 0 or more " + total.currency() + ")");
        }
    }
}
