package dev.weir.checkout;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGPoolingDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A checkout on a real PostgreSQL, between fake holds and orders. */
final class CheckoutBench {
    private static final DataSource DATA_SOURCE = start();

    final Deaths deaths = new Deaths();
    final Clock clock;
    final FakeHolds holds;
    final FakeOrders orders;
    final Checkouts checkouts;

    CheckoutBench(Clock clock, java.util.function.Function<Deaths, PaymentGateway> gateway) {
        JdbcClient.create(DATA_SOURCE)
                .sql("delete from checkout; delete from test_hold; delete from test_order; delete from test_outbox")
                .update();
        this.clock = clock;
        this.holds = new FakeHolds(DATA_SOURCE, clock);
        this.orders = new FakeOrders(DATA_SOURCE, clock);
        this.checkouts = CheckoutModule.create(
                        DATA_SOURCE,
                        deaths.around(new DataSourceTransactionManager(DATA_SOURCE)),
                        holds,
                        orders,
                        orders,
                        java.util.List.of(gateway.apply(deaths)),
                        clock)
                .checkouts();
    }

    static Checkouts.Request request(String token) {
        return new Checkouts.Request(
                token,
                "ada@example.org",
                Map.of("name", "Ada", "line1", "1 Main St", "city", "Bonn", "postalCode", "53111", "country", "DE"),
                null);
    }

    String hold() {
        return holds.holdFor(Duration.ofSeconds(90));
    }

    Checkouts.CheckoutView opened(String token) {
        return switch (checkouts.open(request(token))) {
            case Checkouts.Opened.Ready ready -> ready.checkout();
            case Checkouts.Opened other -> throw new AssertionError("not opened: " + other);
        };
    }

    Checkouts.State state(UUID id) {
        return Checkouts.State.valueOf(JdbcClient.create(DATA_SOURCE)
                .sql("select state from checkout where id = ?")
                .param(id)
                .query(String.class)
                .single());
    }

    long unfinished() {
        return JdbcClient.create(DATA_SOURCE)
                .sql("select count(*) from checkout where state in ('OPEN', 'AUTHORISED')")
                .query(Long.class)
                .single();
    }

    /** E-mail addresses that checkouts still keep. */
    java.util.List<String> emails() {
        return JdbcClient.create(DATA_SOURCE)
                .sql("select email from checkout where email <> '' or address <> '{}'")
                .query(String.class)
                .list();
    }

    java.util.List<String> states() {
        return JdbcClient.create(DATA_SOURCE)
                .sql("select state from checkout")
                .query(String.class)
                .list();
    }

    // The driver's own pool is deprecated in favour of real ones; for tests it saves a process per statement.
    @SuppressWarnings({"deprecation", "resource"})
    private static DataSource start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .start();
            PGPoolingDataSource pool = new PGPoolingDataSource();
            pool.setPortNumbers(new int[] {postgres.getPort()});
            pool.setServerNames(new String[] {"127.0.0.1"});
            pool.setDatabaseName("postgres");
            pool.setUser("postgres");
            pool.setMaxConnections(20);
            new ResourceDatabasePopulator(new ClassPathResource("db/migration/V4_1__checkout.sql")).execute(pool);
            JdbcClient.create(pool).sql(FakeHolds.TABLE).update();
            JdbcClient.create(pool).sql(FakeOrders.TABLES).update();
            return pool;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
