package dev.weir.hub.internal.watch;

import dev.weir.checkout.CheckoutBacklogs;
import dev.weir.connectors.Backlog;
import dev.weir.connectors.Traces;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.hub.internal.live.StreamPorts;
import dev.weir.reservation.GateState;
import dev.weir.reservation.ReservationModule;
import dev.weir.reservation.StockBacklogs;
import dev.weir.routes.RouteBacklogs;
import dev.weir.routes.RoutesModule;
import dev.weir.simulcast.MediaParts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Measures, and whether the hub can take orders and go live. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TraceSettings.class)
class WatchConfiguration {
    private static final List<Backlog> BACKLOGS = Stream.of(StockBacklogs.ALL, CheckoutBacklogs.ALL, RouteBacklogs.ALL)
            .flatMap(List::stream)
            .toList();

    @Bean
    TraceExport traceExport(TraceSettings settings) {
        return new TraceExport(settings);
    }

    @Bean
    Traces traces(TraceExport export) {
        return export.traces();
    }

    @Bean
    Watch watch(
            DataSource database,
            ReservationModule reservation,
            ChannelHttp http,
            RoutesModule routes,
            Traces traces,
            MeterRegistry registry,
            Clock clock) {
        BacklogGauges backlogs = new BacklogGauges(BACKLOGS, new JdbcTemplate(database), clock);
        backlogs.register(registry);
        http.watched(new CallTimes(registry));
        http.traced(traces);
        holds(reservation, registry);
        return new Watch(backlogs, new ConnectionGauges(registry), http, routes);
    }

    private static void holds(ReservationModule reservation, MeterRegistry registry) {
        for (GateState state : GateState.values()) {
            Gauge.builder("weir.gate", reservation, module -> module.gateState() == state ? 1 : 0)
                    .description("1 for the state of now")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        FunctionCounter.builder(
                        WatchedReservations.MOVES,
                        reservation,
                        module -> module.sweeper().ended())
                .description(WatchedReservations.MOVES_MEANING)
                .tag("to", "expired")
                .register(registry);
    }

    @Bean
    HealthIndicator gateHealthIndicator(ReservationModule reservation) {
        return () -> HealthWords.ofGate(reservation.gateState());
    }

    @Bean
    HealthIndicator ingestHealthIndicator(StreamPorts ports) {
        return () -> HealthWords.upWhen(ports.isListening());
    }

    @Bean
    HealthIndicator mediaHealthIndicator() {
        return () -> HealthWords.upWhen(MediaParts.present());
    }
}
