package dev.weir.orders;

import dev.weir.connectors.Outbox;
import dev.weir.live.RunSheet;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import dev.weir.orders.internal.JdbcBuyers;
import dev.weir.orders.internal.JdbcOrderBook;
import dev.weir.orders.internal.JdbcShipments;
import dev.weir.reservation.Reservations;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How is this folder put together? Orders, journal and figures over one PostgreSQL database that {@code
 * db/migration/V3_*} prepared; writes join the caller's Spring transaction. All parts are thread-safe.
 */
public record OrdersModule(
        OrderBook orderBook, GmvReport gmv, AttributionRules rules, Shipments shipments, Buyers buyers) {
    /** Wires the parts. {@code transactions} must manage {@code database}, for stock and outbox too. */
    public static OrdersModule create(
            DataSource database,
            PlatformTransactionManager transactions,
            Reservations reservations,
            Shows shows,
            RunSheet runSheet,
            ShowEvents events,
            Outbox outbox,
            Clock clock) {
        JdbcClient jdbc = JdbcClient.create(database);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        JdbcOrderBook book = new JdbcOrderBook(jdbc, transaction, reservations, shows, runSheet, events, outbox, clock);
        return new OrdersModule(
                book,
                book.gmv(),
                book.rules(),
                new JdbcShipments(jdbc, transaction, outbox, clock),
                new JdbcBuyers(jdbc, clock));
    }
}
