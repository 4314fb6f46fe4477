package dev.weir.bench.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.weir.checkout.Checkouts;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.ChannelProvider;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.mapping.Mappings;
import dev.weir.live.LiveModule;
import dev.weir.live.MediaClock;
import dev.weir.live.SecretSeal;
import dev.weir.orders.Buyers;
import dev.weir.orders.OrdersModule;
import dev.weir.orders.Shipments;
import dev.weir.reservation.ReservationModule;
import dev.weir.reservation.Shortfalls;
import dev.weir.routes.AccessNotices;
import dev.weir.routes.HoldLinks;
import dev.weir.routes.JdbcOutbox;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.RoutesSettings;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What of a hub carries catalogues and stock: the routes over a database, Kafka, and shops that are connected. */
final class ShopHub implements AutoCloseable {
    static final String BRAND = "house";

    final HikariDataSource database;
    final ReservationModule reservation;
    final LiveModule live;
    final ChannelHttp http = new ChannelHttp(1_000);
    final RoutesModule routes;

    /** {@code shops} by id; {@code watched} may wrap each channel. */
    ShopHub(String jdbcUrl, String kafka, List<Connection> shops, UnaryOperator<Channel> watched) {
        Clock clock = Clock.systemUTC();
        database = pool(jdbcUrl);
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
        JdbcOutbox outbox = new JdbcOutbox(database, clock);
        reservation = ReservationModule.create(
                database,
                transactions,
                null,
                "a secret of the benches, 32 byte".getBytes(StandardCharsets.UTF_8),
                outbox,
                clock);
        live = LiveModule.create(database, transactions, outbox, clock, MediaClock.NONE, absent(SecretSeal.class));
        OrdersModule orders = OrdersModule.create(
                database,
                transactions,
                reservation.reservations(),
                live.shows(),
                live.runSheet(),
                live.events(),
                outbox,
                clock);
        ChannelKit kit = new ChannelKit(http, new Mappings(null), clock);
        Map<String, Channel> channels = new HashMap<>();
        for (ChannelProvider provider : ServiceLoader.load(ChannelProvider.class)) {
            Channel channel = provider.create(kit);
            channels.put(channel.name(), watched.apply(channel));
        }
        routes = RoutesModule.create(
                RoutesSettings.defaults(kafka),
                new RoutesModule.Parts(
                        database,
                        transactions,
                        outbox,
                        channels,
                        connected(shops),
                        live.catalogue(),
                        reservation.stock(),
                        reservation.channelLevels(),
                        orders.orderBook(),
                        absent(Shortfalls.class),
                        absent(Checkouts.class),
                        (brand, level) -> {},
                        absent(Shipments.class),
                        absent(Buyers.class),
                        absent(AccessNotices.class),
                        shop -> URI.create("https://hub.example/webhooks/" + shop.channel() + "/" + shop.id()),
                        new RoutesModule.OnAir(
                                live.shows(),
                                live.chat(),
                                live.commentSales(),
                                live.events(),
                                reservation.reservations(),
                                absent(HoldLinks.class)),
                        clock));
    }

    void start() {
        if (!routes.start(Duration.ofSeconds(60))) {
            throw new IllegalStateException("routes: not started within 60 s");
        }
    }

    /** A connection of {@code channel} with the settings that its stand-in printed; one of a name is the same in every process. */
    static Connection shop(String channel, JsonNode facts, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        facts.path(channel)
                .properties()
                .forEach(one -> settings.put(one.getKey(), one.getValue().asText()));
        settings.putAll(more);
        UUID id = UUID.nameUUIDFromBytes(channel.getBytes(StandardCharsets.UTF_8));
        return new Connection(id, BRAND, channel, channel, settings);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(16);
        return new HikariDataSource(config);
    }

    private static Connections connected(List<Connection> shops) {
        return new Connections() {
            @Override
            public List<Connection> active() {
                return shops;
            }

            @Override
            public Optional<Connection> find(UUID id) {
                return shops.stream().filter(shop -> shop.id().equals(id)).findFirst();
            }
        };
    }

    /** A part that nothing here asks for anything. */
    private static <T> T absent(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    throw new UnsupportedOperationException(type.getSimpleName() + "." + method.getName());
                }));
    }

    @Override
    public void close() {
        routes.close();
        database.close();
    }
}
