package dev.weir.orders.internal;

import dev.weir.orders.OrderView;
import dev.weir.reservation.Attribution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Where are orders kept? The tables {@code orders} and {@code order_line}. */
final class OrderStore {
    private final JdbcClient jdbc;
    private final OrderRows rows;

    OrderStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.rows = new OrderRows(jdbc);
    }

    /** False when an order of this connection and external id, or of this hold, is there; waits for one on its way. */
    boolean insert(StoredOrder order, Instant now) {
        int inserted = content(jdbc.sql("""
                        insert into orders (id, brand, channel, connection_id, external_id, state, placed_at,
                          updated_at, total_minor, currency, email, address, show_id, host, pin_sku,
                          media_time_millis, replay, campaign, attributed_at, attribution_rule, evidence, hold_id,
                          gateway, payment_reference, units_taken, booked, recorded_at)
                        values (:id, :brand, :channel, :connection, :external, :state, :placedAt,
                          :updatedAt, :total, :currency, :email, cast(:address as jsonb), :show, :host, :pin,
                          :mediaTime, :replay, cast(:campaign as jsonb), :attributedAt, :rule,
                          cast(:evidence as jsonb), :hold, :gateway, :payment, :taken, :booked, :now)
                        on conflict do nothing"""), order)
                .param("brand", order.view().brand())
                .param("channel", order.view().channel())
                .param("connection", order.view().connectionId())
                .param("external", order.view().externalId())
                .param("state", order.state().name())
                .param("hold", order.holdId())
                .param("gateway", order.gateway())
                .param("payment", order.view().paymentReference())
                .param("taken", order.unitsTaken())
                .param("booked", order.booked())
                .param("now", Sql.at(now))
                .update();
        if (inserted == 1) {
            insertLines(order.view());
        }
        return inserted == 1;
    }

    /** Replaces what a newer statement of an unbooked order says. */
    void replaceContent(StoredOrder order) {
        content(jdbc.sql("""
                        update orders set placed_at = :placedAt, updated_at = :updatedAt, total_minor = :total,
                          currency = :currency, email = case when erased_at is null then cast(:email as text) end,
                          address = case when erased_at is null then cast(:address as jsonb) else '{}' end,
                          show_id = :show, host = :host, pin_sku = :pin, media_time_millis = :mediaTime,
                          replay = :replay,
                          campaign = cast(:campaign as jsonb), attributed_at = :attributedAt,
                          attribution_rule = :rule, evidence = cast(:evidence as jsonb)
                        where id = :id"""), order).update();
        jdbc.sql("delete from order_line where order_id = :id")
                .param("id", order.id())
                .update();
        insertLines(order.view());
    }

    void move(StoredOrder order) {
        jdbc.sql("""
                        update orders set state = :state, units_taken = :taken, booked = :booked,
                          updated_at = :updatedAt where id = :id""")
                .param("id", order.id())
                .param("state", order.state().name())
                .param("taken", order.unitsTaken())
                .param("booked", order.booked())
                .param("updatedAt", Sql.at(order.updatedAt()))
                .update();
    }

    void setCancelReason(UUID id, String reason) {
        jdbc.sql("update orders set cancel_reason = :reason where id = :id")
                .param("id", id)
                .param("reason", reason)
                .update();
    }

    /** False when there is no such order. */
    boolean setBackend(UUID id, UUID connectionId, String externalId) {
        return jdbc.sql("""
                        update orders set backend_connection_id = :connection, backend_order_id = :external
                        where id = :id""")
                        .param("id", id)
                        .param("connection", connectionId)
                        .param("external", externalId)
                        .update()
                == 1;
    }

    Optional<StoredOrder> find(UUID id) {
        return rows.one("where id = :id", spec -> spec.param("id", id));
    }

    Optional<StoredOrder> lock(UUID id) {
        return rows.one("where id = :id for update", spec -> spec.param("id", id));
    }

    /** The order that the shop knows by this id: its own, or one that was handed over to it. */
    Optional<StoredOrder> lock(UUID connectionId, String externalId) {
        return at(connectionId, externalId, " for update");
    }

    /** As {@link #lock(UUID, String)}, to read. */
    Optional<StoredOrder> find(UUID connectionId, String externalId) {
        return at(connectionId, externalId, "");
    }

    private Optional<StoredOrder> at(UUID connectionId, String externalId, String tail) {
        return rows.one(
                """
                where ((connection_id = :connection and external_id = :external)
                  or (backend_connection_id = :connection and backend_order_id = :external))""" + tail, spec -> spec.param("connection", connectionId).param("external", externalId));
    }

    /** Orders that never had a hold, by placement and id after the given one and before {@code to}; locked. */
    List<StoredOrder> lockWithoutHold(String brand, Instant afterAt, UUID afterId, Instant to, int limit) {
        return rows.all(
                """
                where brand = :brand and hold_id is null and (placed_at, id) > (:afterAt, :afterId) and placed_at < :to
                order by placed_at, id limit :limit for no key update""",
                spec -> spec.param("brand", brand)
                        .param("afterAt", Sql.at(afterAt))
                        .param("afterId", afterId)
                        .param("to", Sql.at(to))
                        .param("limit", limit));
    }

    /** The rows that {@code tail} (a where clause and what follows) selects. */
    List<OrderView> views(String tail, java.util.function.UnaryOperator<StatementSpec> params) {
        return rows.all(tail, params).stream().map(StoredOrder::view).toList();
    }

    private static StatementSpec content(StatementSpec spec, StoredOrder order) {
        OrderView view = order.view();
        Attribution attribution = view.attribution();
        return spec.param("id", view.id())
                .param("placedAt", Sql.at(view.placedAt()))
                .param("updatedAt", Sql.at(order.updatedAt()))
                .param("total", view.total().minor())
                .param("currency", view.total().currency().getCurrencyCode())
                .param("email", view.email())
                .param("address", Sql.json(view.address()))
                .param("show", attribution.showId())
                .param("host", attribution.host())
                .param("pin", attribution.pinSku())
                .param("mediaTime", attribution.mediaTimeMillis())
                .param("replay", attribution.replay())
                .param("campaign", Sql.json(attribution.campaign()))
                .param("attributedAt", Sql.at(attribution.at()))
                .param("rule", attribution.rule())
                .param("evidence", Sql.json(order.evidence()));
    }

    private void insertLines(OrderView view) {
        for (int i = 0; i < view.lines().size(); i++) {
            var line = view.lines().get(i);
            jdbc.sql("""
                            insert into order_line (order_id, position, sku, quantity, unit_minor, external_ids)
                            values (:order, :position, :sku, :quantity, :unit, cast(:ids as jsonb))""")
                    .param("order", view.id())
                    .param("position", i)
                    .param("sku", line.sku().value())
                    .param("quantity", line.quantity())
                    .param("unit", line.unitPrice().minor())
                    .param("ids", Sql.json(line.externalIds()))
                    .update();
        }
    }
}
