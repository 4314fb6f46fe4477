package dev.weir.reservation.internal;

import dev.weir.reservation.StockHistory.Units;
import dev.weir.reservation.StockProof;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the sums of each SKU in {@code stock_proof} and carries them on. A row is worked on by whoever locked it; other hubs
 * skip it, and a hub that dies leaves the sums as they were.
 */
public final class JdbcStockProof implements StockProof {
    private static final int MOST_SKUS = 200;
    private static final int MOST_NEW = 1_000;
    /** More than one transaction can write of one SKU, so that a version is never larger than what is read at once. */
    private static final int MOST_MOVEMENTS = 10_000;

    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How long a SKU that does not move may go uncompared. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    private static final String ADD_NEW = "insert into stock_proof (brand, sku) select s.brand, s.sku from stock s"
            + " where not exists (select 1 from stock_proof p where p.brand = s.brand and p.sku = s.sku)"
            + " limit ? on conflict do nothing";
    private static final String NEXT =
            "select p.* from stock_proof p join stock s on s.brand = p.brand and s.sku = p.sku"
                    + " where p.proved_at is null or p.proved_at < ? or (p.version <> s.version and p.proved_at < ?)"
                    + " order by p.proved_at nulls first limit 1 for update of p skip locked";
    private static final String MOVEMENTS = "select s.version as head, s.on_hand as has_on_hand, s.held as has_held,"
            + " s.sold as has_sold, s.allocated as has_allocated, s.pre_order as has_pre_order, m.id, m.version, m.on_hand, m.held,"
            + " m.sold, m.allocated, m.pre_order, m.at from stock s left join stock_movement m on m.brand = s.brand and m.sku = s.sku and m.id > ?"
            + " where s.brand = ? and s.sku = ? order by m.id limit " + (MOST_MOVEMENTS + 1);
    private static final String SAVE =
            "update stock_proof set movement_id = ?, version = ?, movements = ?, on_hand = ?,"
                    + " held = ?, sold = ?, allocated = ?, pre_order = ?, tightest = ?, since = ?, breaches = ?, breach = ?, breach_at = ?,"
                    + " proved_at = coalesce(?, proved_at) where brand = ? and sku = ?";
    private static final String AGAIN =
            "update stock_proof set movement_id = 0, version = 0, movements = 0, on_hand = 0,"
                    + " held = 0, sold = 0, allocated = 0, pre_order = 0, tightest = null, since = null, breaches = 0, breach = null,"
                    + " breach_at = null, proved_at = null where brand = ?";

    private final Ledger ledger;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate own;
    private final ProofPages pages;

    /** {@code own} starts a transaction of its own. */
    public JdbcStockProof(Ledger ledger, TransactionTemplate own) {
        this.ledger = ledger;
        this.jdbc = ledger.jdbc();
        this.own = own;
        this.pages = new ProofPages(jdbc);
    }

    @Override
    public int prove() {
        own.executeWithoutResult(status -> jdbc.update(ADD_NEW, MOST_NEW));
        // What stays broken would be next for ever: each SKU has one turn in a call.
        Instant since = ledger.now();
        long began = System.nanoTime();
        int done = 0;
        while (done < MOST_SKUS && System.nanoTime() - began < BUDGET_NANOS) {
            if (!Boolean.TRUE.equals(own.execute(status -> proveNext(since)))) {
                break;
            }
            done++;
        }
        return done;
    }

    private boolean proveNext(Instant since) {
        List<Row> next = jdbc.query(NEXT, JdbcStockProof::row, Sql.at(since.minus(AGAIN_AFTER)), Sql.at(since));
        next.forEach(row -> carryOn(row, ledger.now()));
        return !next.isEmpty();
    }

    private void carryOn(Row row, Instant now) {
        ProofSums sums = row.sums();
        List<Read> found = jdbc.query(MOVEMENTS, JdbcStockProof::read, sums.movementId, row.brand(), row.sku());
        List<Read> whole = found.size() <= MOST_MOVEMENTS ? found : withoutLastVersion(found);
        for (Read read : whole) {
            if (read.by() != null && read.at() != null) {
                sums.add(read.id(), read.version(), read.by(), read.at());
            }
        }
        sums.close();
        boolean atHead = whole.size() == found.size();
        if (atHead && !found.isEmpty()) {
            sums.compare(found.getLast().head(), found.getLast().counters(), now);
        }
        save(row, sums, atHead ? now : null);
    }

    private static List<Read> withoutLastVersion(List<Read> found) {
        long last = found.getLast().version();
        return found.stream().filter(read -> read.version() != last).toList();
    }

    private void save(Row row, ProofSums sums, @Nullable Instant provedAt) {
        jdbc.update(
                SAVE,
                sums.movementId,
                sums.version,
                sums.movements,
                sums.onHand,
                sums.held,
                sums.sold,
                sums.allocated,
                sums.preOrder,
                sums.tightest,
                at(sums.since),
                sums.breaches,
                sums.breach,
                at(sums.breachAt),
                at(provedAt),
                row.brand(),
                row.sku());
    }

    private static @Nullable Object at(@Nullable Instant instant) {
        return instant == null ? null : Sql.at(instant);
    }

    @Override
    public void again(String brand) {
        jdbc.update(AGAIN, brand);
    }

    @Override
    public Summary summary(String brand) {
        return pages.summary(brand);
    }

    @Override
    public List<Proven> list(String brand, String after, int limit) {
        return pages.list(brand, after, limit);
    }

    private record Row(String brand, String sku, ProofSums sums) {}

    /** A movement beside the counters of its SKU; without one when nothing new has moved. */
    private record Read(
            long head,
            Units counters,
            long id,
            long version,
            @Nullable Units by,
            @Nullable Instant at) {}

    private static Read read(ResultSet rs, int n) throws SQLException {
        Units counters = new Units(
                rs.getInt("has_on_hand"),
                rs.getInt("has_held"),
                rs.getInt("has_sold"),
                rs.getInt("has_allocated"),
                rs.getInt("has_pre_order"));
        long id = rs.getLong("id");
        if (rs.wasNull()) {
            return new Read(rs.getLong("head"), counters, 0, 0, null, null);
        }
        Units by = new Units(
                rs.getInt("on_hand"),
                rs.getInt("held"),
                rs.getInt("sold"),
                rs.getInt("allocated"),
                rs.getInt("pre_order"));
        return new Read(rs.getLong("head"), counters, id, rs.getLong("version"), by, Sql.instant(rs, "at"));
    }

    private static Row row(ResultSet rs, int n) throws SQLException {
        ProofSums sums = new ProofSums();
        sums.movementId = rs.getLong("movement_id");
        sums.version = rs.getLong("version");
        sums.movements = rs.getLong("movements");
        sums.onHand = rs.getLong("on_hand");
        sums.held = rs.getLong("held");
        sums.sold = rs.getLong("sold");
        sums.allocated = rs.getLong("allocated");
        sums.preOrder = rs.getLong("pre_order");
        sums.tightest = rs.getObject("tightest", Long.class);
        sums.since = ProofPages.instant(rs, "since");
        sums.breaches = rs.getLong("breaches");
        sums.breach = rs.getString("breach");
        sums.breachAt = ProofPages.instant(rs, "breach_at");
        return new Row(rs.getString("brand"), rs.getString("sku"), sums);
    }
}
