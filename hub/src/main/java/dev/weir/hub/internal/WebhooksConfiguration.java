package dev.weir.hub.internal;

import dev.weir.hub.internal.connections.OutgoingAddresses;
import dev.weir.hub.internal.connections.Stakes;
import dev.weir.hub.internal.replays.Replays;
import dev.weir.hub.internal.security.SecretBox;
import dev.weir.live.SecretSeal;
import dev.weir.routes.HookSettings;
import dev.weir.routes.OutgoingWebhooks;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.WebhookEndpoints;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Webhooks to the brands' own systems, those of platforms once more, and what waits for shops. */
@Configuration(proxyBeanMethods = false)
class WebhooksConfiguration {
    @Bean(initMethod = "start", destroyMethod = "close")
    OutgoingWebhooks outgoingWebhooks(
            WeirSettings settings,
            DataSource database,
            PlatformTransactionManager transactions,
            SecretBox box,
            OutgoingAddresses addresses,
            Clock clock) {
        HookSettings hooks =
                settings.allowPrivateAddresses() ? HookSettings.defaults().withPlainHttp() : HookSettings.defaults();
        return OutgoingWebhooks.create(
                hooks,
                new OutgoingWebhooks.Parts(
                        database,
                        transactions,
                        seal(box),
                        (field, url) -> addresses.check(field, url, hooks.schemes()),
                        clock));
    }

    @Bean
    Replays replays(JdbcClient jdbc, PlatformTransactionManager transactions, RoutesModule routes, Clock clock) {
        return new Replays(jdbc, new TransactionTemplate(transactions), routes.webhookLog()::replay, clock);
    }

    @Bean
    Stakes stakes(JdbcClient jdbc, RoutesModule routes) {
        return new Stakes(jdbc, routes::stockStandings);
    }

    @Bean
    WebhookEndpoints webhookEndpoints(OutgoingWebhooks webhooks) {
        return webhooks.endpoints();
    }

    static SecretSeal seal(SecretBox box) {
        return new SecretSeal() {
            @Override
            public byte[] seal(byte[] clear) {
                return box.seal(clear);
            }

            @Override
            public byte[] open(byte[] sealed) {
                return box.open(sealed);
            }
        };
    }
}
