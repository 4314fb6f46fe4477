package dev.weir.orders.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.Sku;
import dev.weir.orders.Shipments.Sent;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where are shipments kept? The table {@code order_shipment}. */
final class ShipmentRows {
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

    private final JdbcClient jdbc;

    ShipmentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the source has told of it before. */
    boolean insert(Sent sent, Instant now) {
        Shipment shipment = sent.shipment();
        return jdbc.sql("""
                        insert into order_shipment (id, order_id, source, external_id, shipped_at, carrier, tracking,
                          link, lines, recorded_at)
                        values (:id, :order, :source, :external, :at, :carrier, :tracking, :link,
                          cast(:lines as jsonb), :now)
                        on conflict do nothing""")
                        .param("id", sent.id())
                        .param("order", sent.orderId())
                        .param("source", sent.source())
                        .param("external", shipment.externalId())
                        .param("at", Sql.at(shipment.at()))
                        .param("carrier", shipment.carrier())
                        .param("tracking", shipment.tracking())
                        .param("link", text(shipment.link()))
                        .param(
                                "lines",
                                Sql.json(shipment.lines().stream().map(Line::of).toList()))
                        .param("now", Sql.at(now))
                        .update()
                == 1;
    }

    /** Fills in what was not known; false when that is nothing. */
    boolean fill(UUID id, Shipment shipment) {
        return jdbc.sql("""
                        update order_shipment set carrier = coalesce(carrier, :carrier),
                          tracking = coalesce(tracking, :tracking), link = coalesce(link, :link)
                        where id = :id and (carrier is null and cast(:carrier as text) is not null
                          or tracking is null and cast(:tracking as text) is not null
                          or link is null and cast(:link as text) is not null)""")
                        .param("id", id)
                        .param("carrier", shipment.carrier())
                        .param("tracking", shipment.tracking())
                        .param("link", text(shipment.link()))
                        .update()
                == 1;
    }

    List<Sent> of(UUID orderId) {
        return jdbc.sql("select * from order_shipment where order_id = :id order by shipped_at, id")
                .param("id", orderId)
                .query(ShipmentRows::sent)
                .list();
    }

    Optional<Sent> find(UUID id) {
        return jdbc.sql("select * from order_shipment where id = :id")
                .param("id", id)
                .query(ShipmentRows::sent)
                .optional();
    }

    private static Sent sent(ResultSet row, int number) throws SQLException {
        String link = row.getString("link");
        return new Sent(
                row.getObject("id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getString("source"),
                new Shipment(
                        row.getString("external_id"),
                        Sql.instant(row, "shipped_at"),
                        Sql.read(row.getString("lines"), LINES).stream()
                                .map(Line::line)
                                .toList(),
                        row.getString("carrier"),
                        row.getString("tracking"),
                        link == null ? null : URI.create(link)));
    }

    private static @Nullable String text(@Nullable URI link) {
        return link == null ? null : link.toString();
    }

    private record Line(String sku, int quantity, long unitMinor, String currency, List<String> externalIds) {
        static Line of(OrderLine line) {
            return new Line(
                    line.sku().value(),
                    line.quantity(),
                    line.unitPrice().minor(),
                    line.unitPrice().currency().getCurrencyCode(),
                    line.externalIds());
        }

        OrderLine line() {
            return new OrderLine(new Sku(sku), quantity, Money.ofMinor(unitMinor, currency), externalIds);
        }
    }
}
