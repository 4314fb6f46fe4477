package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.ChannelSales;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who sold how many lately? Read from the movements, over their index of sales. */
final class SalesRows {
    private static final String LATELY =
            "select coalesce(channel, '') as channel, sum(sold) as sold from stock_movement"
                    + " where brand = ? and sku = ? and at > ? and kind in ('SELL', 'COMMIT') group by 1";
    private static final String OF_SKU = "select channel, -sum(allocated) as own, sum(sold) as sold,"
            + " coalesce(sum(sold) filter (where at > ?), 0) as lately from stock_movement"
            + " where brand = ? and sku = ? and at > ? and kind in ('SELL', 'COMMIT') group by channel order by channel";

    private final JdbcTemplate jdbc;

    SalesRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** In order of channel, holds last. */
    List<ChannelSales> of(String brand, Sku sku, Instant now) {
        return jdbc.query(
                OF_SKU,
                (rs, n) -> new ChannelSales(
                        rs.getString("channel"), rs.getInt("own"), rs.getInt("sold"), rs.getInt("lately")),
                Sql.at(now.minus(ChannelSales.SHORT)),
                brand,
                sku.value(),
                Sql.at(now.minus(ChannelSales.LONG)));
    }

    /** Units by channel within the rebalancer's memory; holds under the empty name. */
    Map<String, Long> lately(String brand, Sku sku, Instant now) {
        Map<String, Long> sold = new HashMap<>();
        jdbc.query(
                LATELY,
                rs -> {
                    sold.put(rs.getString("channel"), rs.getLong("sold"));
                },
                brand,
                sku.value(),
                Sql.at(now.minus(ChannelSales.SHORT)));
        return sold;
    }
}
