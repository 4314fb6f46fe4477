package dev.weir.orders.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Attribution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** How is a row an order? Orders first, then the lines of all of them in one more statement. */
final class OrderRows {
    private final JdbcClient jdbc;

    OrderRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StoredOrder> one(String tail, UnaryOperator<StatementSpec> params) {
        return all(tail, params).stream().findFirst();
    }

    List<StoredOrder> all(String tail, UnaryOperator<StatementSpec> params) {
        List<StoredOrder> bare = params.apply(jdbc.sql("select * from orders " + tail))
                .query((row, n) -> order(row))
                .list();
        if (bare.isEmpty()) {
            return bare;
        }
        Map<UUID, List<OrderLine>> lines =
                lines(bare.stream().map(StoredOrder::id).toList());
        return bare.stream()
                .map(order -> with(order, lines.getOrDefault(order.id(), List.of())))
                .toList();
    }

    private Map<UUID, List<OrderLine>> lines(List<UUID> ids) {
        Map<UUID, List<OrderLine>> lines = new HashMap<>();
        jdbc.sql("""
                        select l.*, o.currency from order_line l join orders o on o.id = l.order_id
                        where l.order_id in (:ids) order by l.order_id, l.position""")
                .param("ids", ids)
                .query((row, n) -> {
                    Money unit = Money.ofMinor(row.getLong("unit_minor"), row.getString("currency"));
                    List<String> externalIds = Sql.read(row.getString("external_ids"), new TypeReference<>() {});
                    lines.computeIfAbsent(row.getObject("order_id", UUID.class), id -> new ArrayList<>())
                            .add(new OrderLine(
                                    new Sku(row.getString("sku")), row.getInt("quantity"), unit, externalIds));
                    return n;
                })
                .list();
        return lines;
    }

    private static StoredOrder order(ResultSet row) throws SQLException {
        OrderView view = new OrderView(
                row.getObject("id", UUID.class),
                row.getString("brand"),
                row.getString("channel"),
                row.getObject("connection_id", UUID.class),
                row.getString("external_id"),
                OrderView.State.valueOf(row.getString("state")),
                Sql.instant(row, "placed_at"),
                List.of(),
                Money.ofMinor(row.getLong("total_minor"), row.getString("currency")),
                row.getString("email"),
                Sql.texts(row.getString("address")),
                attribution(row),
                row.getString("payment_reference"),
                row.getString("backend_order_id"));
        return new StoredOrder(
                view,
                Sql.instant(row, "updated_at"),
                Sql.texts(row.getString("evidence")),
                row.getObject("hold_id", UUID.class),
                row.getString("gateway"),
                row.getObject("backend_connection_id", UUID.class),
                row.getBoolean("units_taken"),
                row.getBoolean("booked"));
    }

    private static Attribution attribution(ResultSet row) throws SQLException {
        return new Attribution(
                row.getString("channel"),
                row.getObject("show_id", UUID.class),
                row.getString("host"),
                row.getString("pin_sku"),
                row.getObject("media_time_millis", Long.class),
                row.getBoolean("replay"),
                Sql.texts(row.getString("campaign")),
                Sql.instant(row, "attributed_at"),
                row.getString("attribution_rule"));
    }

    private static StoredOrder with(StoredOrder order, List<OrderLine> lines) {
        OrderView v = order.view();
        OrderView view = new OrderView(
                v.id(),
                v.brand(),
                v.channel(),
                v.connectionId(),
                v.externalId(),
                v.state(),
                v.placedAt(),
                List.copyOf(lines),
                v.total(),
                v.email(),
                v.address(),
                v.attribution(),
                v.paymentReference(),
                v.backendOrderId());
        return new StoredOrder(
                view,
                order.updatedAt(),
                order.evidence(),
                order.holdId(),
                order.gateway(),
                order.backendConnectionId(),
                order.unitsTaken(),
                order.booked());
    }
}
