package dev.weir.routes;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.live.LiveModule;
import dev.weir.live.MediaClock;
import dev.weir.live.SecretSeal;
import dev.weir.live.Show;
import dev.weir.reservation.Hold;
import dev.weir.reservation.ReservationModule;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A routes module over a real database and broker, with shops of one brand; the two are shared by all tests. */
final class RoutesBench implements AutoCloseable {
    static final DataSource DATABASE = database();
    static final TestBroker BROKER = new TestBroker();
    static final Sku TEE = new Sku("TEE");

    final Clock clock = Clock.systemUTC();
    final String brand = "brand-" + UUID.randomUUID();
    final LeavingDatabase database = new LeavingDatabase(DATABASE);
    final JdbcClient jdbc = JdbcClient.create(database);
    final DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
    final TransactionTemplate transaction = new TransactionTemplate(transactions);
    final JdbcOutbox outbox = new JdbcOutbox(database, clock);
    final FakeBooks books = new FakeBooks(jdbc, outbox);
    final FakeCases cases = new FakeCases();
    final FakeShelves shelves = new FakeShelves(outbox);
    final FakeCheckouts checkouts = new FakeCheckouts();
    boolean twoPersons;
    IntakeSettings intake = IntakeSettings.defaults();
    volatile String hub = "https://hub.example";
    final FakeParcels parcels = new FakeParcels(outbox, books);
    final FakeBuyers buyers = new FakeBuyers();
    final List<String> lapsing = new CopyOnWriteArrayList<>();
    final LiveModule live = LiveModule.create(DATABASE, transactions, outbox, clock, MediaClock.NONE, new OpenSeal());
    final ReservationModule reservation =
            ReservationModule.create(DATABASE, transactions, null, new byte[32], outbox, clock);
    final List<StockLevel> shown = new CopyOnWriteArrayList<>();
    final List<Connection> connected = new CopyOnWriteArrayList<>();
    final Map<String, Channel> channels = new HashMap<>();
    private final List<RoutesModule> modules = new ArrayList<>();

    RoutesBench() {
        jdbc.sql("truncate inbox, inbox_repair, outbox, order_push, published_level, poll_cursor, connection_chore,"
                        + " channel_errand, privacy_request, catalogue_run, catalogue_sent, comment_order, conversion,"
                        + " route_version, route_decision, route_standing")
                .update();
    }

    FakeShop shop(String name, Capability... capabilities) {
        FakeShop shop = new FakeShop(name, capabilities);
        channels.put(name, shop);
        boolean backend = shop.capabilities.contains(Capability.ORDER_PUSH);
        connected.add(
                new Connection(UUID.randomUUID(), brand, name, name, Map.of("backend", Boolean.toString(backend))));
        return shop;
    }

    UUID id(FakeShop shop) {
        return connected.stream()
                .filter(connection -> connection.channel().equals(shop.name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    void list(FakeShop shop, Sku sku) {
        shelves.catalogue.put(brand, id(shop), listing(sku));
    }

    static Listing listing(Sku sku) {
        return new Listing(sku, "A " + sku, Money.of("10.00", "EUR"), null, "id-" + sku, "ref-" + sku, 12);
    }

    RoutesModule start() {
        RoutesModule module = create();
        module.start(Duration.ofSeconds(30));
        return module;
    }

    RoutesModule create() {
        RoutesSettings plain = RoutesSettings.defaults(BROKER.address());
        RoutesSettings settings = new RoutesSettings(
                plain.kafka(),
                3,
                1,
                1,
                4,
                Duration.ofSeconds(2),
                Duration.ofMillis(50),
                Duration.ofSeconds(60),
                Duration.ofMillis(200),
                Duration.ofSeconds(60),
                intake,
                twoPersons);
        RoutesModule module = RoutesModule.create(
                settings,
                new RoutesModule.Parts(
                        database,
                        transactions,
                        outbox,
                        channels,
                        connections(),
                        shelves.catalogue,
                        shelves.ledger,
                        shelves.channels,
                        books,
                        cases,
                        checkouts,
                        (of, level) -> {
                            if (of.equals(brand)) {
                                shown.add(level);
                            }
                        },
                        parcels,
                        buyers,
                        (id, ends, reason, saidAt) -> lapsing.add(id + " " + ends + " " + reason),
                        this::address,
                        new RoutesModule.OnAir(
                                live.shows(),
                                live.chat(),
                                live.commentSales(),
                                live.events(),
                                reservation.reservations(),
                                new FakeLinks()),
                        clock));
        modules.add(module);
        return module;
    }

    URI address(Connection connection) {
        return URI.create(hub + "/webhooks/" + connection.channel() + "/" + connection.id());
    }

    Inbox.Stored deliver(RoutesModule module, FakeShop shop, String delivery, String body) {
        return module.inbox().store(id(shop), brand, shop.name, raw(body), verdict(delivery, body));
    }

    RawWebhook raw(String body) {
        return new RawWebhook(
                Map.of("content-type", "text/plain"), "", body.getBytes(StandardCharsets.UTF_8), clock.instant());
    }

    static WebhookVerdict.Authentic verdict(String delivery, String body) {
        String[] words = body.split(" ");
        return new WebhookVerdict.Authentic(delivery, words[0], words.length > 1 ? words[1] : delivery);
    }

    WebhookLog.Entry entry(RoutesModule module, UUID id) {
        return module.webhookLog().find(id).orElseThrow().entry();
    }

    Connections connections() {
        return new Connections() {
            @Override
            public List<Connection> active() {
                return List.copyOf(connected);
            }

            @Override
            public Optional<Connection> find(UUID id) {
                return connected.stream().filter(one -> one.id().equals(id)).findFirst();
            }
        };
    }

    private static final class FakeLinks implements HoldLinks {
        @Override
        public URI to(Show show, Hold hold, String token) {
            return URI.create("https://hub.example/shows/" + show.slug() + "#hold=" + hold.id() + "." + token);
        }

        @Override
        public URI to(Show show) {
            return URI.create("https://hub.example/shows/" + show.slug());
        }
    }

    private static final class OpenSeal implements SecretSeal {
        @Override
        public byte[] seal(byte[] clear) {
            return clear.clone();
        }

        @Override
        public byte[] open(byte[] sealed) {
            return sealed.clone();
        }
    }

    @Override
    public void close() {
        modules.forEach(RoutesModule::close);
        reservation.close();
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
            // As many as three hubs have.
            pool.setMaximumPoolSize(48);
            pool.setMinimumIdle(4);
            return pool;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
