package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which routes does each connection need, as connections come and go? Step of {@code housekeeping}. Thread-safe. */
public final class Connected {
    private static final Logger LOG = LoggerFactory.getLogger(Connected.class);
    private static final String STOCK = "stock-fanout";
    private static final String POLL = "order-poll";

    private final Wiring wiring;
    private final CamelHost camel;
    private final StockSteps stock;
    private final ChoreSteps chores;
    private final Consumer<List<Connection>> arrived;
    private final Map<UUID, Connection> open = new ConcurrentHashMap<>();

    Connected(Wiring wiring, CamelHost camel, StockSteps stock, ChoreSteps chores, Consumer<List<Connection>> arrived) {
        this.wiring = wiring;
        this.camel = camel;
        this.stock = stock;
        this.chores = chores;
        this.arrived = arrived;
    }

    /** Step: opens what is new, renews settings (tokens change by themselves), closes what is gone. */
    public synchronized void refresh() {
        List<Connection> active = wiring.connections().active();
        Set<UUID> wanted = active.stream().map(Connection::id).collect(Collectors.toSet());
        open.keySet().stream().filter(id -> !wanted.contains(id)).toList().forEach(this::close);
        List<Connection> changed = active.stream()
                .filter(connection -> !connection.equals(open.get(connection.id())))
                .toList();
        Set<UUID> known = Set.copyOf(open.keySet());
        List<Connection> fresh = changed.stream()
                .filter(this::open)
                .filter(connection -> !known.contains(connection.id()))
                .toList();
        if (!fresh.isEmpty()) {
            arrived.accept(fresh);
        }
    }

    private boolean open(Connection connection) {
        try {
            Set<Capability> can = wiring.channel(connection).capabilities();
            if (can.contains(Capability.STOCK_WRITE)) {
                stock.open(connection);
                camel.open(STOCK, connection);
            }
            if (can.contains(Capability.ORDER_POLL) && !can.contains(Capability.ORDER_WEBHOOK)) {
                camel.open(POLL, connection);
            }
            chores.open(connection);
            open.put(connection.id(), connection);
            return true;
        } catch (Exception e) {
            LOG.warn("Routes of {} cannot be opened: tried again at the next refresh", connection, e);
            return false;
        }
    }

    private void close(UUID id) {
        try {
            camel.close(STOCK, id);
            camel.close(POLL, id);
            stock.close(id);
            chores.close(id);
            open.remove(id);
        } catch (Exception e) {
            LOG.warn("Routes of connection {} cannot be closed: tried again at the next refresh", id, e);
        }
    }
}
