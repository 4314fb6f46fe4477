package dev.weir.hub.internal.watch;

import dev.weir.connectors.http.ChannelHttp;
import dev.weir.routes.StockStanding;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** How does the way to each shop stand? One row a connection, or one of its budgets; gone when it is. Not thread-safe. */
final class ConnectionGauges {
    private static final List<String> BREAKER = List.of("CLOSED", "OPEN", "HALF_OPEN");

    private final MultiGauge left;
    private final MultiGauge closed;
    private final MultiGauge waiting;
    private final MultiGauge breaker;
    private final MultiGauge levels;
    private final MultiGauge behind;

    ConnectionGauges(MeterRegistry registry) {
        left = gauge("weir.channel.budget.left.ratio", "What may be sent at once, of all that may be")
                .register(registry);
        closed = gauge("weir.channel.budget.closed", "How long the platform wants to hear nothing")
                .baseUnit("seconds")
                .register(registry);
        waiting = gauge("weir.channel.budget.waiting", "Calls of this hub that wait for the budget")
                .register(registry);
        breaker = gauge("weir.channel.breaker", "1 for the state of now").register(registry);
        levels = gauge("weir.stock.levels.waiting", "Levels that the shop is still to be told")
                .register(registry);
        behind = gauge("weir.stock.behind", "How long the oldest change waits that the shop does not show")
                .baseUnit("seconds")
                .register(registry);
    }

    private static MultiGauge.Builder gauge(String name, String meaning) {
        return MultiGauge.builder(name).description(meaning);
    }

    /** Takes the budgets and breakers of now; what is not among them disappears. */
    void budgets(List<ChannelHttp.LaneView> lanes) {
        left.register(rows(lanes, lane -> lane.limit() == 0 ? 0 : (double) lane.remaining() / lane.limit()), true);
        closed.register(rows(lanes, lane -> lane.closedForMillis() / 1_000.0), true);
        waiting.register(rows(lanes, ChannelHttp.LaneView::waiting), true);
        breaker.register(
                lanes.stream()
                        .map(lane -> new Breaker(lane.connectionId(), lane.channel(), lane.breaker()))
                        .distinct()
                        .flatMap(Breaker::rows)
                        .toList(),
                true);
    }

    /** Takes how far each shop is behind; what is not among them disappears. */
    void stock(List<StockStanding> shops) {
        levels.register(
                shops.stream()
                        .<Row<?>>map(shop -> Row.of(tags(shop.connectionId(), shop.channel()), shop.waiting()))
                        .toList(),
                true);
        behind.register(
                shops.stream()
                        .<Row<?>>map(shop -> Row.of(
                                tags(shop.connectionId(), shop.channel()),
                                shop.behind().toMillis() / 1_000.0))
                        .toList(),
                true);
    }

    /** A connection has several budgets and one breaker. */
    private record Breaker(UUID connection, String channel, String now) {
        Stream<Row<?>> rows() {
            return BREAKER.stream()
                    .map(state -> Row.of(
                            tags(connection, channel).and("state", state.toLowerCase(Locale.ROOT)),
                            now.equals(state) ? 1 : 0));
        }
    }

    private interface Value {
        Number of(ChannelHttp.LaneView lane);
    }

    private static List<Row<?>> rows(List<ChannelHttp.LaneView> lanes, Value value) {
        return lanes.stream()
                .<Row<?>>map(lane -> Row.of(
                        tags(lane.connectionId(), lane.channel())
                                .and("budget", lane.bucket().isEmpty() ? "only" : lane.bucket()),
                        value.of(lane)))
                .toList();
    }

    private static Tags tags(UUID connection, String channel) {
        return Tags.of("connection", connection.toString(), "channel", channel);
    }
}
