package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What must the gate know of some SKUs? Stock and live holds as of one moment: each answer is one statement. */
final class LedgerSnapshots {
    private static final String STOCK_AND_HOLDS =
            "select s.sku, case when s.waiting > 0 then 0 else s.on_hand + s.pre_order - s.sold - s.allocated end as cap,"
                    + " s.version, h.id, h.units, h.expires_at from stock s left join (select u.sku, h.id, h.expires_at, u.units"
                    + " from hold h, unnest(h.skus, h.units) as u (sku, units) where h.brand = ?"
                    + " and h.state in ('HELD', 'PAYING') and h.expires_at > ?%s) h on h.sku = s.sku"
                    + " where s.brand = ?%s order by s.sku";
    private static final String ALL = STOCK_AND_HOLDS.formatted("", "");
    private static final String SOME = STOCK_AND_HOLDS.formatted(" and u.sku = any(?)", " and s.sku = any(?)");
    private static final String PAGE = "select sku from stock where brand = ? and sku > ? order by sku limit ?";
    private static final int ROWS_AT_ONCE = 2_000;
    private static final int MOST_SECONDS = 60;

    private final JdbcTemplate jdbc;
    private final JdbcTemplate rows;
    private final TransactionTemplate reading;

    LedgerSnapshots(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        DataSource database = Objects.requireNonNull(jdbc.getDataSource());
        this.rows = new JdbcTemplate(database);
        this.rows.setFetchSize(ROWS_AT_ONCE);
        // PostgreSQL hands rows over bit by bit only within a transaction.
        this.reading = new TransactionTemplate(new JdbcTransactionManager(database));
        this.reading.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.reading.setReadOnly(true);
        this.reading.setTimeout(MOST_SECONDS);
    }

    /** A SKU of a brand. */
    record Key(String brand, Sku sku) {}

    /** Units of one hold that is live until then. */
    record Live(UUID hold, int units, Instant until) {}

    /** One SKU. */
    record Snapshot(Sku sku, int cap, long version, List<Live> holds) {}

    /** SKUs of {@code skus} that exist. */
    List<Snapshot> of(String brand, Collection<Sku> skus, Instant now) {
        List<Snapshot> found = new ArrayList<>();
        Pages page = new Pages(Integer.MAX_VALUE, found::addAll);
        String[] codes = Sql.skus(skus);
        jdbc.query(SOME, page, brand, Sql.at(now), codes, brand, codes);
        page.close();
        return List.copyOf(found);
    }

    /** Every SKU of a brand, as of one moment, {@code perPage} at a time and in order. */
    void all(String brand, Instant now, int perPage, Consumer<List<Snapshot>> pages) {
        reading.executeWithoutResult(status -> {
            Pages page = new Pages(perPage, pages);
            rows.query(ALL, page, brand, Sql.at(now), brand);
            page.close();
        });
    }

    /** Up to {@code limit} SKUs of a brand after {@code last}, in order. */
    List<Sku> page(String brand, String last, int limit) {
        return jdbc.query(PAGE, (rs, n) -> new Sku(rs.getString("sku")), brand, last, limit);
    }

    /** Gathers rows that are in order of SKU. */
    private static final class Pages implements RowCallbackHandler {
        private final int most;
        private final Consumer<List<Snapshot>> pages;
        private final List<Snapshot> page = new ArrayList<>();

        Pages(int most, Consumer<List<Snapshot>> pages) {
            this.most = most;
            this.pages = pages;
        }

        @Override
        public void processRow(ResultSet row) throws SQLException {
            String code = row.getString("sku");
            if (page.isEmpty() || !page.getLast().sku().value().equals(code)) {
                if (page.size() == most) {
                    close();
                }
                page.add(new Snapshot(new Sku(code), row.getInt("cap"), row.getLong("version"), new ArrayList<>()));
            }
            UUID hold = row.getObject("id", UUID.class);
            if (hold != null) {
                page.getLast().holds().add(new Live(hold, row.getInt("units"), Sql.instant(row, "expires_at")));
            }
        }

        void close() {
            pages.accept(List.copyOf(page));
            page.clear();
        }
    }
}
