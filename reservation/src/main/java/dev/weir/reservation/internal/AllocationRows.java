package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How are allocations read and written? A transaction that writes one has the stock of its SKU locked, so no row here is ever
 * waited for.
 */
final class AllocationRows {
    private static final String SELECT = "select sku, channel, units, target, asked_version, asked_at, free_at,"
            + " ceiling_now, on_air_since, balanced_at from allocation where ";
    private static final String WRITE = "insert into allocation (brand, sku, channel, units, state, target,"
            + " asked_version, asked_at, free_at, ceiling_now, on_air_since, balanced_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (brand, sku, channel) do update set"
            + " units = excluded.units, state = excluded.state, target = excluded.target,"
            + " asked_version = excluded.asked_version, asked_at = excluded.asked_at, free_at = excluded.free_at,"
            + " ceiling_now = excluded.ceiling_now, on_air_since = excluded.on_air_since,"
            + " balanced_at = excluded.balanced_at";
    private static final String WAITING =
            "select sku from allocation where brand = ? and channel = ? and sku = any(?)" + " and state = 'SHRINKING'";
    private static final String DRAINED = "select brand, sku, channel from allocation where state = 'DRAINING'"
            + " and free_at <= ? order by free_at limit ?";
    private static final String ON_AIR =
            "select distinct brand, sku from allocation where on_air_since is not null order by brand, sku";

    private final JdbcTemplate jdbc;

    AllocationRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** An allocation by its name. */
    record Key(String brand, Sku sku, String channel) {}

    /** All of one SKU, in order of channel. */
    List<AllocationRow> of(String brand, Sku sku) {
        return jdbc.query(SELECT + "brand = ? and sku = ? order by channel", AllocationRows::row, brand, sku.value());
    }

    AllocationRow one(String brand, Sku sku, String channel) {
        return jdbc
                .query(
                        SELECT + "brand = ? and sku = ? and channel = ?",
                        AllocationRows::row,
                        brand,
                        sku.value(),
                        channel)
                .stream()
                .findFirst()
                .orElse(AllocationRow.none(sku, channel));
    }

    /** Those of one channel, by SKU. */
    Map<Sku, AllocationRow> ofChannel(String brand, String channel, Collection<Sku> skus) {
        Map<Sku, AllocationRow> rows = new HashMap<>();
        jdbc.query(
                        SELECT + "brand = ? and channel = ? and sku = any(?)",
                        AllocationRows::row,
                        brand,
                        channel,
                        Sql.skus(skus))
                .forEach(row -> rows.put(row.sku(), row));
        return rows;
    }

    void write(String brand, AllocationRow row) {
        jdbc.update(
                WRITE,
                brand,
                row.sku().value(),
                row.channel(),
                row.units(),
                row.state().name(),
                row.target(),
                row.target() == null ? null : row.askedVersion(),
                at(row.askedAt()),
                at(row.freeAt()),
                row.ceilingNow(),
                at(row.onAirSince()),
                at(row.balancedAt()));
    }

    /** Those of {@code skus} that wait for the channel's word. */
    List<Sku> waiting(String brand, String channel, Collection<Sku> skus) {
        return jdbc.query(WAITING, (rs, n) -> new Sku(rs.getString("sku")), brand, channel, Sql.skus(skus));
    }

    List<Key> drained(Instant now, int limit) {
        return jdbc.query(
                DRAINED,
                (rs, n) -> new Key(rs.getString("brand"), new Sku(rs.getString("sku")), rs.getString("channel")),
                Sql.at(now),
                limit);
    }

    /** SKUs that the rebalancer has in hand, by brand. */
    Map<String, List<Sku>> onAir() {
        Map<String, List<Sku>> skus = new HashMap<>();
        jdbc.query(ON_AIR, rs -> {
            skus.computeIfAbsent(rs.getString("brand"), _ -> new java.util.ArrayList<>())
                    .add(new Sku(rs.getString("sku")));
        });
        return skus;
    }

    private static AllocationRow row(ResultSet rs, int n) throws SQLException {
        return new AllocationRow(
                new Sku(rs.getString("sku")),
                rs.getString("channel"),
                rs.getInt("units"),
                rs.getObject("target", Integer.class),
                rs.getLong("asked_version"),
                instant(rs, "asked_at"),
                instant(rs, "free_at"),
                rs.getObject("ceiling_now", Integer.class),
                instant(rs, "on_air_since"),
                instant(rs, "balanced_at"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : Sql.at(instant);
    }
}
