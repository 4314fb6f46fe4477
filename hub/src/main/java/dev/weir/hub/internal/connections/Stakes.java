package dev.weir.hub.internal.connections;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Money;
import dev.weir.routes.StockStanding;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What waits for each connection, so that whoever sees it slow, full or away knows what that costs? Thread-safe. */
public final class Stakes {
    /** Each condition has an index over what waits alone. */
    private static final String ORDERS = """
            select o.currency, count(*) as number, sum(o.total_minor) as minor, min(p.created_at) as oldest
            from order_push p join orders o on o.id = p.order_id
            where p.brand = ? and p.state = 'DUE' group by o.currency order by o.currency""";

    private static final String ERRANDS = "select connection_id, count(*) as number from channel_errand"
            + " where brand = ? and state = 'DUE' group by connection_id";
    /** The other table's SKUs sort by byte, which an index of this one does not. */
    private static final String HELD = """
            select p.connection_id, sum(l.quantity) as number
            from hold h join hold_line l on l.hold_id = h.id
                 join published_level p on p.connection_id = any(?) and p.sku = l.sku collate "default"
            where h.brand = ? and h.state in ('HELD', 'PAYING') group by p.connection_id""";

    private final JdbcClient jdbc;
    private final Supplier<List<StockStanding>> standings;

    /** {@code standings}: how far this hub is behind with the stock of each shop. */
    public Stakes(JdbcClient jdbc, Supplier<List<StockStanding>> standings) {
        this.jdbc = jdbc;
        this.standings = standings;
    }

    /**
     * What waits for one connection?
     *
     * @param levels stock levels that this hub is still to tell it
     * @param behindSeconds how long the oldest of these waits; 0 when it shows everything
     * @param orders paid orders that it does not have yet; only the brand's own shop is given any
     * @param oldest when the first of these was paid, null for none
     * @param worth of these, one for each currency
     * @param errands shipments, prices, refunds and cancellations that it is still to be told
     * @param heldUnits units of its listings that buyers hold now, and that it can sell meanwhile; 0 while it can be reached
     */
    public record Stake(
            UUID connectionId,
            String name,
            int levels,
            long behindSeconds,
            int orders,
            @Nullable Instant oldest,
            List<Money> worth,
            int errands,
            int heldUnits) {
        /** Copies the amounts. */
        public Stake {
            worth = List.copyOf(worth);
        }
    }

    /** Of {@code connections}, all of {@code brand}; {@code deaf} are those that cannot be told anything at the moment. */
    public List<Stake> of(String brand, List<Connection> connections, Collection<UUID> deaf) {
        List<Waiting> orders = jdbc.sql(ORDERS)
                .param(brand)
                .query((row, n) -> new Waiting(
                        row.getInt("number"),
                        row.getObject("oldest", OffsetDateTime.class).toInstant(),
                        Money.ofMinor(row.getLong("minor"), row.getString("currency"))))
                .list();
        Map<UUID, Integer> errands = numbers(jdbc.sql(ERRANDS).param(brand));
        Map<UUID, Integer> held =
                deaf.isEmpty() ? Map.of() : numbers(jdbc.sql(HELD).params(deaf.toArray(UUID[]::new), brand));
        Map<UUID, StockStanding> stock = standings.get().stream()
                .collect(Collectors.toMap(StockStanding::connectionId, Function.identity(), (one, other) -> one));
        return connections.stream()
                .map(connection -> stake(
                        connection,
                        stock.get(connection.id()),
                        connection.setting("backend", "").equals("true") ? orders : List.of(),
                        errands.getOrDefault(connection.id(), 0),
                        held.getOrDefault(connection.id(), 0)))
                .toList();
    }

    private record Waiting(int number, Instant oldest, Money worth) {}

    private static Map<UUID, Integer> numbers(JdbcClient.StatementSpec question) {
        return question
                .query((row, n) -> Map.entry(row.getObject("connection_id", UUID.class), row.getInt("number")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stake stake(
            Connection connection, @Nullable StockStanding stock, List<Waiting> orders, int errands, int held) {
        return new Stake(
                connection.id(),
                connection.name(),
                stock == null ? 0 : stock.waiting(),
                stock == null ? 0 : stock.behind().toSeconds(),
                orders.stream().mapToInt(Waiting::number).sum(),
                orders.stream().map(Waiting::oldest).min(Instant::compareTo).orElse(null),
                orders.stream().map(Waiting::worth).toList(),
                errands,
                held);
    }
}
