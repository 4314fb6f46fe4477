package dev.weir.hub.internal;

import dev.weir.checkout.Checkouts;
import dev.weir.connectors.Connections;
import dev.weir.connectors.Traces;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.Consents;
import dev.weir.hub.internal.connections.KnownConnections;
import dev.weir.hub.internal.connections.NoticeStore;
import dev.weir.hub.internal.connections.RenewingChannels;
import dev.weir.hub.internal.connections.SecretProofs;
import dev.weir.hub.internal.connections.TokenKeeper;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.hub.internal.live.PlayerLinks;
import dev.weir.live.LiveModule;
import dev.weir.orders.OrdersModule;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Shortfalls;
import dev.weir.reservation.StockLedger;
import dev.weir.routes.CatalogueImport;
import dev.weir.routes.ChannelErrands;
import dev.weir.routes.CommentOrders;
import dev.weir.routes.ConnectionChores;
import dev.weir.routes.ConversionLog;
import dev.weir.routes.Drifts;
import dev.weir.routes.Inbox;
import dev.weir.routes.JdbcOutbox;
import dev.weir.routes.OrderCancels;
import dev.weir.routes.Payouts;
import dev.weir.routes.PrivacyRequests;
import dev.weir.routes.RouteEdits;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.RoutesSettings;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The routes: wired with everything else, started after it, stopped before it. */
@Configuration(proxyBeanMethods = false)
class RoutesConfiguration {
    private static final Duration KAFKA_WAIT = Duration.ofSeconds(10);
    private static final Duration DEMO_POLL = Duration.ofSeconds(1);

    @Bean(destroyMethod = "")
    RoutesModule routesModule(
            WeirSettings settings,
            DataSource database,
            PlatformTransactionManager transactions,
            JdbcOutbox outbox,
            Channels channels,
            TokenKeeper keeper,
            Connections connections,
            LiveModule live,
            StockLedger stock,
            ChannelLevels levels,
            OrdersModule orders,
            Shortfalls shortfalls,
            Checkouts checkouts,
            NoticeStore notices,
            Reservations reservations,
            BaseUrl baseUrl,
            DriftLimits drift,
            Traces traces,
            Clock clock) {
        RoutesSettings standard = RoutesSettings.defaults(settings.kafka())
                .withTwoPersons(settings.routes().twoPersons())
                .withIntake(settings.intake().settings(settings.data()));
        return RoutesModule.create(
                settings.demo().enabled() ? standard.withOrderPoll(DEMO_POLL) : standard,
                drift.settings(),
                traces,
                new RoutesModule.Parts(
                        database,
                        transactions,
                        outbox,
                        RenewingChannels.wrap(channels.all(), keeper),
                        connections,
                        live.catalogue(),
                        stock,
                        levels,
                        orders.orderBook(),
                        shortfalls,
                        checkouts,
                        RoutesModule.toShows(live.shows(), live.runSheet(), live.events()),
                        orders.shipments(),
                        orders.buyers(),
                        notices,
                        baseUrl::webhook,
                        new RoutesModule.OnAir(
                                live.shows(),
                                live.chat(),
                                live.commentSales(),
                                live.events(),
                                reservations,
                                new PlayerLinks(baseUrl)),
                        clock));
    }

    @Bean
    NoticeStore noticeStore(JdbcClient jdbc) {
        return new NoticeStore(jdbc);
    }

    @Bean
    Inbox inbox(RoutesModule routes) {
        return routes.inbox();
    }

    @Bean
    KnownConnections knownConnections(Connections connections, Inbox inbox, WeirSettings settings) {
        return new KnownConnections(
                connections, inbox, settings.intake().spool().toBytes() > 0);
    }

    @Bean
    SecretProofs secretProofs(Channels channels, ConnectionStore connections, Clock clock) {
        return new SecretProofs(channels, connections, clock);
    }

    @Bean
    ConnectionChores connectionChores(RoutesModule routes) {
        return routes.chores();
    }

    @Bean
    ChannelErrands channelErrands(RoutesModule routes) {
        return routes.errands();
    }

    @Bean
    Drifts drifts(RoutesModule routes) {
        return routes.drifts();
    }

    @Bean
    PrivacyRequests privacyRequests(RoutesModule routes) {
        return routes.privacyRequests();
    }

    @Bean
    Payouts payouts(RoutesModule routes) {
        return routes.payouts();
    }

    @Bean
    CommentOrders commentOrders(RoutesModule routes) {
        return routes.commentOrders();
    }

    @Bean
    ConversionLog conversionLog(RoutesModule routes) {
        return routes.conversionLog();
    }

    @Bean
    RouteEdits routeEdits(RoutesModule routes) {
        return routes.routeEdits();
    }

    @Bean
    OrderCancels orderCancels(RoutesModule routes) {
        return routes.orderCancels();
    }

    @Bean
    SmartLifecycle routesLifecycle(RoutesModule routes, Consents consents) {
        consents.whenGranted(connection -> {
            routes.refresh();
            // What was off until now is imported when it is opened; what worked before has settings that are new.
            if (!routes.catalogueImport()
                    .standing(connection)
                    .map(CatalogueImport.Standing::isUnderWay)
                    .orElse(false)) {
                routes.importSoon(connection);
            }
        });
        return new RoutesLifecycle(routes);
    }

    private static final class RoutesLifecycle implements SmartLifecycle {
        private final RoutesModule routes;
        private volatile boolean running;

        private RoutesLifecycle(RoutesModule routes) {
            this.routes = routes;
        }

        @Override
        public void start() {
            running = true;
            routes.start(KAFKA_WAIT);
        }

        @Override
        public void stop() {
            running = false;
            routes.close();
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
