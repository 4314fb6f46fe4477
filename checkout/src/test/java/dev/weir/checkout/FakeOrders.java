package dev.weir.checkout;

import dev.weir.connectors.Order;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Refund;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Attribution;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders and outbox in tables of the test, so that they share the fate of the checkout's transaction. */
final class FakeOrders implements OrderBook, Outbox {
    static final String TABLES = """
            create table test_order (id uuid primary key, hold_id uuid unique, state text, reference text);
            create table test_outbox (key text, type text)""";

    private final JdbcClient sql;
    private final Clock clock;

    FakeOrders(DataSource dataSource, Clock clock) {
        this.sql = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    List<String> states() {
        return sql.sql("select state from test_order order by state")
                .query(String.class)
                .list();
    }

    List<String> events() {
        return sql.sql("select type from test_outbox").query(String.class).list();
    }

    @Override
    public Placed place(PaidHold paid) {
        UUID holdId = paid.hold().id();
        Optional<UUID> before = sql.sql("select id from test_order where hold_id = ?")
                .param(holdId)
                .query(UUID.class)
                .optional();
        if (before.isPresent()) {
            return new Placed.Booked(view(before.get(), paid));
        }
        int committed = sql.sql("update test_hold set state = 'COMMITTED'"
                        + " where id = ? and state in ('HELD', 'PAYING') and expires_at > ?")
                .params(holdId, Timestamp.from(clock.instant()))
                .update();
        if (committed == 0) {
            return new Placed.Lost("hold " + holdId + ": EXPIRED (expected: HELD or PAYING)");
        }
        UUID id = UUID.randomUUID();
        sql.sql("insert into test_order values (?, ?, 'PAID', ?)")
                .params(id, holdId, paid.paymentReference())
                .update();
        return new Placed.Booked(view(id, paid));
    }

    private static OrderView view(UUID id, PaidHold paid) {
        return new OrderView(
                id,
                paid.hold().brand(),
                Attribution.PLAYER,
                null,
                null,
                OrderView.State.PAID,
                paid.hold().createdAt(),
                List.of(),
                paid.hold().total(),
                paid.email(),
                paid.address(),
                paid.hold().attribution(),
                paid.paymentReference(),
                null);
    }

    @Override
    public Intake cancel(UUID orderId, String reason) {
        sql.sql("update test_order set state = 'CANCELLED' where id = ?")
                .param(orderId)
                .update();
        return new Intake.Done(orderId, "cancelled");
    }

    @Override
    public void append(List<Event> events) {
        events.forEach(event -> sql.sql("insert into test_outbox values (?, ?)")
                .params(event.key(), event.type())
                .update());
    }

    @Override
    public Intake take(String brand, UUID connectionId, Order order) {
        throw new UnsupportedOperationException("the checkout takes no channel's orders");
    }

    @Override
    public Intake refund(String brand, UUID connectionId, Refund refund) {
        throw new UnsupportedOperationException("the checkout takes no channel's refunds");
    }

    @Override
    public Intake supply(String cause) {
        throw new UnsupportedOperationException("the checkout supplies nothing");
    }

    @Override
    public void pushed(UUID orderId, UUID connectionId, String externalId) {
        throw new UnsupportedOperationException("the checkout pushes nothing");
    }

    @Override
    public Optional<OrderView> find(UUID id) {
        throw new UnsupportedOperationException("the checkout looks at no order");
    }

    @Override
    public Map<String, Owed> owed(UUID connectionId, Collection<String> externalIds) {
        return Map.of();
    }

    @Override
    public Optional<OrderView> at(UUID connectionId, String externalId) {
        return Optional.empty();
    }

    @Override
    public Page list(String brand, UUID showId, String channel, String state, String cursor, int limit) {
        throw new UnsupportedOperationException("the checkout lists nothing");
    }
}
