package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.StockHistory.Units;
import dev.weir.reservation.StockProof.Proven;
import dev.weir.reservation.StockProof.Summary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What does the proof say of a brand? Thread-safe. */
final class ProofPages {
    private static final int MOST = 500;
    private static final String OF_BRAND =
            " from stock s left join stock_proof p on p.brand = s.brand and p.sku = s.sku" + " where s.brand = ? ";
    /** All of it holds since the first movement, or since the newest break was over. */
    private static final String SUMMARY = "select count(*) as skus, count(p.proved_at) as proven,"
            + " count(*) filter (where p.proved_at is not null and (p.since is not null or p.movements = 0)) as holding,"
            + " coalesce(sum(s.version), 0)::bigint as versions,"
            + " coalesce(sum(least(coalesce(p.version, 0), s.version)), 0)::bigint as proven_versions,"
            + " coalesce(sum(p.movements), 0)::bigint as movements, coalesce(sum(p.breaches), 0)::bigint as breaches,"
            + " coalesce(max(p.since) filter (where p.breaches > 0), min(p.since)) as since,"
            + " case when count(*) = count(p.proved_at) then min(p.proved_at) end as proved_at" + OF_BRAND;

    private static final String LIST = "select s.sku, coalesce(p.movements, 0) as movements,"
            + " s.version - coalesce(p.version, 0) as behind, coalesce(p.on_hand, 0) as on_hand,"
            + " coalesce(p.held, 0) as held, coalesce(p.sold, 0) as sold, coalesce(p.allocated, 0) as allocated, coalesce(p.pre_order, 0) as pre_order,"
            + " p.tightest, p.since, coalesce(p.breaches, 0) as breaches, p.breach, p.breach_at, p.proved_at" + OF_BRAND
            + "and s.sku > ? order by s.sku limit ?";

    private final JdbcTemplate jdbc;

    ProofPages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Summary summary(String brand) {
        return Objects.requireNonNull(jdbc.queryForObject(SUMMARY, ProofPages::summary, brand));
    }

    List<Proven> list(String brand, String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        return jdbc.query(LIST, ProofPages::proven, brand, after, limit);
    }

    private static Summary summary(ResultSet rs, int n) throws SQLException {
        long proven = rs.getLong("proven");
        long holding = rs.getLong("holding");
        return new Summary(
                rs.getLong("skus"),
                proven,
                holding,
                rs.getLong("versions"),
                rs.getLong("proven_versions"),
                rs.getLong("movements"),
                rs.getLong("breaches"),
                proven > 0 && holding == proven ? instant(rs, "since") : null,
                instant(rs, "proved_at"));
    }

    private static Proven proven(ResultSet rs, int n) throws SQLException {
        return new Proven(
                new Sku(rs.getString("sku")),
                rs.getLong("movements"),
                rs.getLong("behind"),
                new Units(
                        rs.getInt("on_hand"),
                        rs.getInt("held"),
                        rs.getInt("sold"),
                        rs.getInt("allocated"),
                        rs.getInt("pre_order")),
                rs.getObject("tightest", Long.class),
                instant(rs, "since"),
                rs.getLong("breaches"),
                rs.getString("breach"),
                instant(rs, "breach_at"),
                instant(rs, "proved_at"));
    }

    static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
