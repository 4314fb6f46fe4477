package dev.weir.hub.internal;

import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.Consents;
import dev.weir.hub.internal.connections.OutgoingAddresses;
import dev.weir.hub.internal.connections.TokenKeeper;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.hub.internal.security.SecretBox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** How shops let us in, and who keeps it so. */
@Configuration(proxyBeanMethods = false)
class ConsentConfiguration {
    private static final Duration TEND = Duration.ofSeconds(2);

    @Bean(destroyMethod = "close")
    TokenKeeper tokenKeeper(
            Channels channels,
            ConnectionStore connections,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            SecretBox box,
            WeirSettings settings,
            Clock clock) {
        return new TokenKeeper(channels.all(), connections, jdbc, transactions, box, settings.consentNotice(), clock);
    }

    @Bean
    Consents consents(
            Channels channels,
            ConnectionStore connections,
            TokenKeeper keeper,
            OutgoingAddresses addresses,
            JdbcClient jdbc,
            BaseUrl baseUrl,
            Clock clock) {
        return new Consents(channels.all(), connections, keeper, addresses, jdbc, baseUrl::get, clock);
    }

    @Bean
    SmartLifecycle tokenWatch(TokenKeeper keeper, MeterRegistry meters) {
        return new TokenWatch(keeper, meters);
    }

    /** A thread of its own: access that lapses stops a whole shop, whatever else there is to look after. */
    private static final class TokenWatch implements SmartLifecycle {
        private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);

        private final TokenKeeper keeper;
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("token-watch").daemon().factory());
        private volatile long needing;
        private volatile boolean running;

        private TokenWatch(TokenKeeper keeper, MeterRegistry meters) {
            this.keeper = keeper;
            Gauge.builder("weir.connections.needing", () -> needing)
                    .description("Connections that only their operator can keep: connect again")
                    .register(meters);
        }

        @Override
        public void start() {
            running = true;
            timer.scheduleWithFixedDelay(this::tend, 0, TEND.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** A task that throws would never be run again. */
        private void tend() {
            try {
                keeper.tend();
                needing = keeper.needing();
            } catch (RuntimeException e) {
                LOG.warn("Looking after the shops' access failed and will be tried again", e);
            }
        }

        @Override
        public void stop() {
            running = false;
            timer.shutdownNow();
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
