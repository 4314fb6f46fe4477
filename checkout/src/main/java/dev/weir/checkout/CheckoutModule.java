package dev.weir.checkout;

import dev.weir.checkout.internal.CheckoutService;
import dev.weir.connectors.Outbox;
import dev.weir.orders.OrderBook;
import dev.weir.reservation.Reservations;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** How is the checkout put together? Its table comes from {@code db/migration/V4_1__checkout.sql}. */
public final class CheckoutModule {
    private final Checkouts checkouts;

    private CheckoutModule(Checkouts checkouts) {
        this.checkouts = checkouts;
    }

    /** A checkout on {@code dataSource}, whose transactions are {@code transactions}'; the first gateway is the default. */
    public static CheckoutModule create(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Reservations reservations,
            OrderBook orders,
            Outbox outbox,
            List<PaymentGateway> gateways,
            Clock clock) {
        return new CheckoutModule(
                new CheckoutService(dataSource, transactions, reservations, orders, outbox, gateways, clock));
    }

    /** The checkout. */
    public Checkouts checkouts() {
        return checkouts;
    }
}
