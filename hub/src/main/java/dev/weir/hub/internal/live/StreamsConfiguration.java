package dev.weir.hub.internal.live;

import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.connections.TargetStore;
import dev.weir.hub.internal.security.SecretBox;
import dev.weir.live.LiveModule;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The media engine, joined to shows. */
@Configuration(proxyBeanMethods = false)
class StreamsConfiguration {
    @Bean
    TargetStore targetStore(JdbcClient jdbc, SecretBox box) {
        return new TargetStore(jdbc, box);
    }

    @Bean(destroyMethod = "")
    ShowStreams showStreams(LiveModule live, TargetStore store, BaseUrl baseUrl, WeirSettings settings, Clock clock) {
        return new ShowStreams(live.shows(), live.events(), store, baseUrl, settings, clock);
    }
}
