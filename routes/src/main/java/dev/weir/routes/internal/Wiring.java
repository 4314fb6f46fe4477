package dev.weir.routes.internal;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.Traces;
import dev.weir.live.Catalogue;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.StockLedger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What do the steps of the routes stand on? Built once; thread-safe. */
public record Wiring(
        JdbcClient jdbc,
        TransactionTemplate transaction,
        Map<String, Channel> channels,
        Connections connections,
        Catalogue catalogue,
        StockLedger stock,
        ChannelLevels levels,
        OrderBook orders,
        Traces traces,
        Clock clock,
        ConcurrentMap<String, Meter> meters) {
    private static final int LEVELS_AT_ONCE = 1_000;

    /** The meter of that id, made at its first use. */
    Meter meter(String id, String description) {
        return meters.computeIfAbsent(id, name -> new Meter(name, description, clock));
    }

    Channel channel(Connection connection) {
        Channel channel = channels.get(connection.channel());
        if (channel == null) {
            throw new ChannelException(
                    Fault.UNSUPPORTED,
                    "channel: " + connection.channel() + " (expected: one of " + channels.keySet() + ")");
        }
        return channel;
    }

    Connection connection(UUID id) {
        return connections
                .find(id)
                .orElseThrow(
                        () -> new ChannelException(Fault.NOT_FOUND, "connection: " + id + " (expected: a known one)"));
    }

    OrderView order(UUID id) {
        return orders.find(id)
                .orElseThrow(() -> new ChannelException(Fault.REJECTED, "order: " + id + " (expected: a known one)"));
    }

    /** The numbers that the shop may sell from now, of any number of SKUs; those without stock are left out. */
    List<StockLevel> published(Connection connection, List<Sku> skus) {
        List<StockLevel> levels = new ArrayList<>(skus.size());
        for (int from = 0; from < skus.size(); from += LEVELS_AT_ONCE) {
            levels.addAll(this.levels
                    .published(
                            connection.brand(),
                            connection.channel(),
                            skus.subList(from, Math.min(skus.size(), from + LEVELS_AT_ONCE)))
                    .values());
        }
        return levels;
    }

    /** Whether the connection is the backend of its brand: the shop that orders are handed to. */
    static boolean isBackend(Connection connection) {
        return connection.setting("backend", "false").equals("true");
    }
}
