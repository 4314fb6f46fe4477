package dev.weir.hub.internal;

import dev.weir.checkout.CheckoutModule;
import dev.weir.checkout.Checkouts;
import dev.weir.checkout.PaymentGateway;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.http.BudgetRedis;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.RateBudget;
import dev.weir.connectors.http.Waits;
import dev.weir.connectors.mapping.Mappings;
import dev.weir.hub.internal.audit.Audit;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.OutgoingAddresses;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.hub.internal.maps.MapStore;
import dev.weir.hub.internal.security.SecretBox;
import dev.weir.hub.internal.security.SecretKeys;
import dev.weir.hub.internal.watch.WatchedReservations;
import dev.weir.live.Catalogue;
import dev.weir.live.ChatRoom;
import dev.weir.live.CommentSales;
import dev.weir.live.LiveModule;
import dev.weir.live.RunSheet;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import dev.weir.orders.AttributionRules;
import dev.weir.orders.GmvReport;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrdersModule;
import dev.weir.orders.Shipments;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.Bundles;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.Fairness;
import dev.weir.reservation.RedisAddress;
import dev.weir.reservation.ReservationModule;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Shortfalls;
import dev.weir.reservation.StockHistory;
import dev.weir.reservation.StockLedger;
import dev.weir.reservation.StockProof;
import dev.weir.reservation.Waitlist;
import dev.weir.routes.JdbcOutbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of the house, each over the ones below it. */
@Configuration(proxyBeanMethods = false)
class ModulesConfiguration {
    private static final int CALLS_PER_SECOND = 40;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SecretBox secretBox(WeirSettings settings) throws IOException {
        return new SecretBox(SecretKeys.load(settings));
    }

    @Bean
    BaseUrl baseUrl(WeirSettings settings) {
        return new BaseUrl(settings);
    }

    @Bean(destroyMethod = "close")
    RateBudget rateBudget(WeirSettings settings) {
        if (settings.redis().isBlank()) {
            return RateBudget.inProcess();
        }
        RedisAddress redis = RedisAddress.parse(settings.redis());
        return RateBudget.shared(new BudgetRedis(redis.seeds(), redis.cluster(), redis.authority()));
    }

    @Bean
    ChannelHttp channelHttp(RateBudget budget, Clock clock) {
        return new ChannelHttp(budget, CALLS_PER_SECOND, Waits.REAL, clock);
    }

    @Bean
    MapStore mapStore(JdbcClient jdbc, Clock clock) {
        return new MapStore(jdbc, clock);
    }

    @Bean
    Audit audit(JdbcClient jdbc, Clock clock) {
        return new Audit(jdbc, clock);
    }

    @Bean
    Mappings mappings(WeirSettings settings, MapStore brands) {
        return new Mappings(settings.data().resolve("mappings"), brands);
    }

    @Bean
    Channels channels(ChannelHttp http, Mappings mappings, Clock clock) {
        return new Channels(new ChannelKit(http, mappings, clock));
    }

    @Bean
    ConnectionStore connectionStore(JdbcClient jdbc, PlatformTransactionManager transactions, SecretBox box) {
        return new ConnectionStore(jdbc, new TransactionTemplate(transactions), box);
    }

    @Bean
    OutgoingAddresses outgoingAddresses(WeirSettings settings) {
        return new OutgoingAddresses(settings.allowPrivateAddresses());
    }

    @Bean
    JdbcOutbox outbox(DataSource database, Clock clock) {
        return new JdbcOutbox(database, clock);
    }

    @Bean(destroyMethod = "close")
    ReservationModule reservationModule(
            DataSource database,
            PlatformTransactionManager transactions,
            WeirSettings settings,
            JdbcOutbox outbox,
            Clock clock)
            throws IOException {
        return ReservationModule.create(
                database,
                transactions,
                settings.redis().isBlank() ? null : RedisAddress.parse(settings.redis()),
                SecretKeys.load(settings),
                outbox,
                clock);
    }

    @Bean
    Reservations reservations(ReservationModule module, MeterRegistry meters) {
        return new WatchedReservations(module.reservations(), meters);
    }

    @Bean
    StockLedger stockLedger(ReservationModule module) {
        return module.stock();
    }

    @Bean
    Allocations allocations(ReservationModule module) {
        return module.allocations();
    }

    @Bean
    ChannelLevels channelLevels(ReservationModule module) {
        return module.channelLevels();
    }

    @Bean
    Shortfalls shortfalls(ReservationModule module) {
        return module.shortfalls();
    }

    @Bean
    StockHistory stockHistory(ReservationModule module) {
        return module.history();
    }

    @Bean
    StockProof stockProof(ReservationModule module) {
        return module.proof();
    }

    @Bean
    Bundles bundles(ReservationModule module) {
        return module.bundles();
    }

    @Bean
    Fairness fairness(ReservationModule module) {
        return module.fairness();
    }

    @Bean
    Waitlist waitlist(ReservationModule module) {
        return module.waitlist();
    }

    @Bean
    LiveModule liveModule(
            DataSource database,
            PlatformTransactionManager transactions,
            JdbcOutbox outbox,
            Clock clock,
            ObjectProvider<ShowStreams> streams,
            SecretBox box) {
        return LiveModule.create(
                database,
                transactions,
                outbox,
                clock,
                show -> streams.getObject().position(show),
                WebhooksConfiguration.seal(box));
    }

    @Bean
    Shows shows(LiveModule module) {
        return module.shows();
    }

    @Bean
    RunSheet runSheet(LiveModule module) {
        return module.runSheet();
    }

    @Bean
    Catalogue catalogue(LiveModule module) {
        return module.catalogue();
    }

    @Bean
    ChatRoom chatRoom(LiveModule module) {
        return module.chat();
    }

    @Bean
    CommentSales commentSales(LiveModule module) {
        return module.commentSales();
    }

    @Bean
    ShowEvents showEvents(LiveModule module) {
        return module.events();
    }

    @Bean
    OrdersModule ordersModule(
            DataSource database,
            PlatformTransactionManager transactions,
            Reservations reservations,
            LiveModule live,
            JdbcOutbox outbox,
            Clock clock) {
        return OrdersModule.create(
                database, transactions, reservations, live.shows(), live.runSheet(), live.events(), outbox, clock);
    }

    @Bean
    OrderBook orderBook(OrdersModule module) {
        return module.orderBook();
    }

    @Bean
    Shipments shipments(OrdersModule module) {
        return module.shipments();
    }

    @Bean
    AttributionRules attributionRules(OrdersModule module) {
        return module.rules();
    }

    @Bean
    GmvReport gmvReport(OrdersModule module) {
        return module.gmv();
    }

    @Bean
    Checkouts checkouts(
            DataSource database,
            PlatformTransactionManager transactions,
            Reservations reservations,
            OrderBook orders,
            JdbcOutbox outbox,
            ObjectProvider<PaymentGateway> gateways,
            Clock clock) {
        return CheckoutModule.create(
                        database,
                        transactions,
                        reservations,
                        orders,
                        outbox,
                        gateways.orderedStream().toList(),
                        clock)
                .checkouts();
    }
}
