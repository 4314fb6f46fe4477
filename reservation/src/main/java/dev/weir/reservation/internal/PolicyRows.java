package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.ChannelPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** How are policies and in-flight windows kept? */
final class PolicyRows {
    static final Duration IN_FLIGHT = Duration.ofSeconds(30);
    private static final String OF_SKU = "select channel, mode, safety, floor, ceiling, aim_units, aim_percent"
            + " from channel_policy where brand = ? and sku = ? order by channel";
    private static final String ALLOCATING = "select distinct sku from channel_policy"
            + " where brand = ? and sku = any(?) and mode = 'ALLOCATE' order by sku";
    private static final String WRITE = "insert into channel_policy"
            + " (brand, sku, channel, mode, safety, floor, ceiling, aim_units, aim_percent)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (brand, sku, channel) do update set"
            + " mode = excluded.mode, safety = excluded.safety, floor = excluded.floor, ceiling = excluded.ceiling,"
            + " aim_units = excluded.aim_units, aim_percent = excluded.aim_percent";

    private final JdbcTemplate jdbc;

    PolicyRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Allocations.PolicyOf> of(String brand, Sku sku) {
        return jdbc.query(
                OF_SKU, (rs, n) -> new Allocations.PolicyOf(rs.getString("channel"), policy(rs)), brand, sku.value());
    }

    /** Those of {@code skus} of which some channel owns units by its policy, in order. */
    List<Sku> allocating(String brand, Collection<Sku> skus) {
        return jdbc.query(ALLOCATING, (rs, n) -> new Sku(rs.getString("sku")), brand, Sql.skus(skus));
    }

    ChannelPolicy one(String brand, Sku sku, String channel) {
        return of(brand, sku).stream()
                .filter(policy -> policy.channel().equals(channel))
                .map(Allocations.PolicyOf::policy)
                .findFirst()
                .orElse(ChannelPolicy.DEFAULT);
    }

    void write(String brand, Sku sku, String channel, ChannelPolicy policy) {
        switch (policy) {
            case ChannelPolicy.Ask(int safety) -> write(brand, sku, channel, "ASK", safety, null, null, null, null);
            case ChannelPolicy.Mirror(int safety) ->
                write(brand, sku, channel, "MIRROR", safety, null, null, null, null);
            case ChannelPolicy.Allocate(int safety, int floor, int ceiling, ChannelPolicy.Aim.Units(int units)) ->
                write(brand, sku, channel, "ALLOCATE", safety, floor, ceiling, units, null);
            case ChannelPolicy.Allocate(int safety, int floor, int ceiling, ChannelPolicy.Aim.Share(int percent)) ->
                write(brand, sku, channel, "ALLOCATE", safety, floor, ceiling, null, percent);
        }
    }

    Duration inFlight(String brand, String channel) {
        return jdbc
                .query(
                        "select millis from channel_in_flight where brand = ? and channel = ?",
                        (rs, n) -> Duration.ofMillis(rs.getLong("millis")),
                        brand,
                        channel)
                .stream()
                .findFirst()
                .orElse(IN_FLIGHT);
    }

    void writeInFlight(String brand, String channel, Duration window) {
        jdbc.update(
                "insert into channel_in_flight (brand, channel, millis) values (?, ?, ?)"
                        + " on conflict (brand, channel) do update set millis = excluded.millis",
                brand,
                channel,
                window.toMillis());
    }

    /** From columns mode, safety, floor, ceiling, aim_units, aim_percent; a mode that is null is the default. */
    static ChannelPolicy policy(ResultSet rs) throws SQLException {
        String mode = rs.getString("mode");
        int safety = rs.getInt("safety");
        if (mode == null) {
            return ChannelPolicy.DEFAULT;
        }
        return switch (mode) {
            case "ASK" -> new ChannelPolicy.Ask(safety);
            case "MIRROR" -> new ChannelPolicy.Mirror(safety);
            default -> {
                Integer units = rs.getObject("aim_units", Integer.class);
                yield new ChannelPolicy.Allocate(
                        safety,
                        rs.getInt("floor"),
                        rs.getInt("ceiling"),
                        units == null
                                ? new ChannelPolicy.Aim.Share(rs.getInt("aim_percent"))
                                : new ChannelPolicy.Aim.Units(units));
            }
        };
    }

    private void write(
            String brand,
            Sku sku,
            String channel,
            String mode,
            int safety,
            @Nullable Integer floor,
            @Nullable Integer ceiling,
            @Nullable Integer units,
            @Nullable Integer percent) {
        jdbc.update(WRITE, brand, sku.value(), channel, mode, safety, floor, ceiling, units, percent);
    }
}
