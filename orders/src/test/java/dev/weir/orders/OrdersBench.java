package dev.weir.orders;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Sku;
import dev.weir.live.LiveModule;
import dev.weir.live.SecretSeal;
import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldRequest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders and live over a real database, stock from a fake with switches, a clock to turn; a fresh brand a test. */
final class OrdersBench {
    static final DataSource DATABASE = database();
    static final Sku A = new Sku("A-1");
    static final Sku B = new Sku("B-2");
    static final Currency EUR = Currency.getInstance("EUR");
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    final String brand = "brand-" + UUID.randomUUID();
    final UUID shop = UUID.randomUUID();
    final TurnClock clock = new TurnClock();
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final List<Map<String, ?>> payloads = Collections.synchronizedList(new ArrayList<>());
    final FakeReservations reservations = new FakeReservations();
    final JdbcClient jdbc = JdbcClient.create(DATABASE);
    final DataSourceTransactionManager transactions = new DataSourceTransactionManager(DATABASE);
    final TransactionTemplate transaction = new TransactionTemplate(transactions);
    final LiveModule live = LiveModule.create(
            DATABASE, transactions, events -> {}, clock, dev.weir.live.MediaClock.NONE, new PlainSeal());
    final OrdersModule orders = OrdersModule.create(
            DATABASE, transactions, reservations, live.shows(), live.runSheet(), live.events(), this::told, clock);
    final OrderBook book = orders.orderBook();

    OrdersBench() {
        reservations.stock.put(A, 100);
        reservations.stock.put(B, 100);
    }

    private void told(List<Outbox.Event> events) {
        for (Outbox.Event event : events) {
            if (event.topic().equals(Outbox.ORDERS)) {
                told.add(event.type());
                payloads.add(event.payload());
            }
        }
    }

    /** A show on air with A pinned, since now. */
    Show liveShow() {
        for (Sku sku : List.of(A, B)) {
            live.catalogue().put(brand, shop, new Listing(sku, "A " + sku, eur("10.00"), null, sku.value(), null, 1));
        }
        Show show = live.shows().create(brand, "Evening " + UUID.randomUUID(), null, "Mina", null);
        live.runSheet().set(show.id(), List.of(A, B));
        live.shows().start(show.id());
        live.runSheet().pin(show.id(), A);
        return show;
    }

    List<ShowEvents.Event> listen(Show show) {
        List<ShowEvents.Event> heard = Collections.synchronizedList(new ArrayList<>());
        live.events().subscribe(show.id(), event -> {
            if (event.staffOnly()) {
                heard.add(event);
            }
        });
        return heard;
    }

    /** Two of A at 10.00 and one of B at 5.50, with 4.50 of shipping: 30.00. */
    Order order(String id, Order.State state, int version) {
        return order(id, state, version, Map.of());
    }

    Order order(String id, Order.State state, int version, Map<String, String> evidence) {
        List<OrderLine> lines = List.of(line(A, 2, "10.00"), line(B, 1, "5.50"));
        return order(id, state, version, lines, "30.00", evidence);
    }

    Order order(
            String id, Order.State state, int version, List<OrderLine> lines, String total, Map<String, String> ev) {
        return new Order(
                "tiktok-shop", id, state, NOON, NOON.plusSeconds(version), lines, eur(total), "ana@example.com", ev);
    }

    Refund refund(String id, String orderId, String amount, OrderLine... restocked) {
        return new Refund(id, orderId, NOON.plusSeconds(60), List.of(restocked), eur(amount));
    }

    static OrderLine line(Sku sku, int quantity, String price) {
        return new OrderLine(sku, quantity, eur(price), List.of());
    }

    Hold hold(UUID showId) {
        Attribution attribution = new Attribution(
                Attribution.PLAYER, showId, "Mina", "A-1", 1_500L, false, Map.of("utm_source", "mail"), NOON, "hold/1");
        Hold hold = new Hold(
                UUID.randomUUID(),
                brand,
                showId,
                Hold.State.PAYING,
                NOON,
                NOON.plusSeconds(90),
                List.of(new HoldRequest.Line(A, 2, eur("10.00"))),
                attribution);
        reservations.holds.put(hold.id(), hold);
        return hold;
    }

    OrderBook.PaidHold paid(Hold hold) {
        return new OrderBook.PaidHold(hold, "ana@example.com", Map.of("city", "Porto"), "stripe", "pi_1");
    }

    OrderView only() {
        List<OrderView> all = book.list(brand, null, null, null, null, 200).items();
        if (all.size() != 1) {
            throw new AssertionError("orders: " + all + " (expected: one)");
        }
        return all.getFirst();
    }

    GmvReport.Totals totals() {
        return report().totals();
    }

    GmvReport.Result report(GmvReport.Dimension... by) {
        return orders.gmv()
                .run(new GmvReport.Query(
                        brand,
                        NOON.minus(Duration.ofDays(2)),
                        NOON.plus(Duration.ofDays(2)),
                        Set.of(by),
                        ZoneOffset.UTC,
                        EUR));
    }

    /** The journal of this brand by account. */
    Map<String, Long> accounts() {
        Map<String, Long> sums = new java.util.TreeMap<>();
        jdbc.sql("""
                        select p.account || coalesce('/' || p.sku, '') as name, sum(p.amount_minor) as total
                        from posting p join journal_entry e on e.id = p.entry_id
                        where e.brand = :brand group by 1 having sum(p.amount_minor) <> 0""")
                .param("brand", brand)
                .query((row, n) -> sums.put(row.getString("name"), row.getLong("total")))
                .list();
        return sums;
    }

    static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static DataSource database() {
        try {
            DataSource database = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .start()
                    .getPostgresDatabase();
            Flyway.configure().dataSource(database).load().migrate();
            HikariDataSource pool = new HikariDataSource();
            pool.setDataSource(database);
            // Fewer connections than the busiest test has threads: nothing may need a second one to finish.
            pool.setMaximumPoolSize(4);
            return pool;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands still until turned. */
    static final class TurnClock extends Clock {
        private volatile Instant now = NOON;

        Instant turn(Duration by) {
            now = now.plus(by);
            return now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Stream keys are of no interest here. */
    private static final class PlainSeal implements SecretSeal {
        @Override
        public byte[] seal(byte[] clear) {
            return clear;
        }

        @Override
        public byte[] open(byte[] sealed) {
            return sealed;
        }
    }
}
