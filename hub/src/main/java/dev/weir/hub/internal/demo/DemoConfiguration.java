package dev.weir.hub.internal.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.hub.internal.live.StreamPorts;
import dev.weir.hub.internal.security.ApiKeys;
import dev.weir.live.LiveModule;
import dev.weir.routes.RoutesModule;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the demo adds to the hub. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("weir.demo.enabled")
class DemoConfiguration {
    @Bean
    DemoShops demoShops(
            JdbcClient jdbc,
            SandboxServer sandbox,
            Channels channels,
            ConnectionStore connections,
            BaseUrl baseUrl,
            WeirSettings settings,
            Clock clock) {
        return new DemoShops(
                jdbc, sandbox, channels, connections, baseUrl, settings.demo().shelves(), clock);
    }

    @Bean
    DemoReport demoReport(
            WeirSettings settings,
            ApiKeys keys,
            SandboxServer sandbox,
            DemoShops shops,
            RoutesModule routes,
            LiveModule live,
            ShowStreams streams,
            StreamPorts ports,
            BaseUrl baseUrl,
            ObjectMapper json) {
        DemoSeed seed = new DemoSeed(settings, keys, sandbox, shops, routes, live, streams, ports, json);
        return new DemoReport(seed, baseUrl, settings, json);
    }
}
