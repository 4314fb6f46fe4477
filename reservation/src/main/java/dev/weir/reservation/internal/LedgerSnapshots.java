package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What must the gate know of some SKUs? Stock and live holds as of one moment: each answer is one statement. */
final class LedgerSnapshots {
    private static final String SNAPSHOT =
            "select s.sku, case when s.waiting > 0 then 0 else s.on_hand - s.sold - s.allocated end as cap, s.version, h.id,"
                    + " h.units, h.expires_at from stock s left join (select u.sku, h.id, h.expires_at, u.units"
                    + " from hold h, unnest(h.skus, h.units) as u (sku, units) where h.brand = ?"
                    + " and h.state in ('HELD', 'PAYING') and h.expires_at > ? and u.sku = any(?)) h on h.sku = s.sku"
                    + " where s.brand = ? and s.sku = any(?)";
    private static final String PAGE = "select sku from stock where brand = ? and sku > ? order by sku limit ?";

    private final JdbcTemplate jdbc;

    LedgerSnapshots(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A SKU of a brand. */
    record Key(String brand, Sku sku) {}

    /** Units of one hold that is live until then. */
    record Live(UUID hold, int units, Instant until) {}

    /** One SKU. */
    record Snapshot(Sku sku, int cap, long version, List<Live> holds) {}

    /** SKUs of {@code skus} that exist. */
    List<Snapshot> of(String brand, Collection<Sku> skus, Instant now) {
        Map<String, Snapshot> bySku = new LinkedHashMap<>();
        String[] codes = Sql.skus(skus);
        jdbc.query(
                SNAPSHOT,
                rs -> {
                    String code = rs.getString("sku");
                    Snapshot snapshot = bySku.get(code);
                    if (snapshot == null) {
                        snapshot =
                                new Snapshot(new Sku(code), rs.getInt("cap"), rs.getLong("version"), new ArrayList<>());
                        bySku.put(code, snapshot);
                    }
                    UUID hold = rs.getObject("id", UUID.class);
                    if (hold != null) {
                        snapshot.holds().add(new Live(hold, rs.getInt("units"), Sql.instant(rs, "expires_at")));
                    }
                },
                brand,
                Sql.at(now),
                codes,
                brand,
                codes);
        return List.copyOf(bySku.values());
    }

    /** Up to {@code limit} SKUs of a brand after {@code last}, in order. */
    List<Sku> page(String brand, String last, int limit) {
        return jdbc.query(PAGE, (rs, n) -> new Sku(rs.getString("sku")), brand, last, limit);
    }
}
