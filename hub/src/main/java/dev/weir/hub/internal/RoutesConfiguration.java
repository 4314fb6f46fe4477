package dev.weir.hub.internal;

import dev.weir.checkout.Checkouts;
import dev.weir.connectors.Connections;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.RenewingChannels;
import dev.weir.hub.internal.connections.TokenKeeper;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.hub.internal.live.PlayerLinks;
import dev.weir.live.LiveModule;
import dev.weir.orders.OrderBook;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Shortfalls;
import dev.weir.reservation.StockLedger;
import dev.weir.routes.CommentOrders;
import dev.weir.routes.ConversionLog;
import dev.weir.routes.Inbox;
import dev.weir.routes.JdbcOutbox;
import dev.weir.routes.OrderCancels;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.RoutesSettings;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
            OrderBook orders,
            Shortfalls shortfalls,
            Checkouts checkouts,
            Reservations reservations,
            BaseUrl baseUrl,
            Clock clock) {
        RoutesSettings standard = RoutesSettings.defaults(settings.kafka());
        return RoutesModule.create(
                settings.demo().enabled() ? standard.withOrderPoll(DEMO_POLL) : standard,
                new RoutesModule.Parts(
                        database,
                        transactions,
                        outbox,
                        RenewingChannels.wrap(channels.all(), keeper),
                        connections,
                        live.catalogue(),
                        stock,
                        levels,
                        orders,
                        shortfalls,
                        checkouts,
                        RoutesModule.toShows(live.shows(), live.runSheet(), live.events()),
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
    Inbox inbox(RoutesModule routes) {
        return routes.inbox();
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
    OrderCancels orderCancels(RoutesModule routes) {
        return routes.orderCancels();
    }

    @Bean
    SmartLifecycle routesLifecycle(RoutesModule routes) {
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
