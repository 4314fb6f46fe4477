package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which changes put units back on sale that a hub may have died before it told Redis of? Too much in Redis is corrected by the
 * ledger's next refusal, and holds lapse there by themselves; but too little would be told to buyers until the SKU changes
 * again. Called once a second, by one thread at a time.
 */
final class UntoldChanges {
    /** At the start: whoever died was perhaps this very hub. */
    private static final int LOOK_BACK = 10_000;
    /** Movements are numbered before their commit; no transaction lasts as long as so many calls are apart. */
    private static final int CALLS_BACK = 8;

    private static final int MOST = 500;
    private static final String NEWEST = "select coalesce(max(id), 0) from stock_movement";
    private static final String CHANGED = "select brand, sku, max(version) as version from stock_movement where id > ?"
            + " and kind in ('ON_HAND', 'RESTOCK', 'ALLOCATE', 'WAITLIST', 'RULES', 'PRE_ORDER')"
            + " group by brand, sku order by max(id) desc limit " + MOST;

    private final JdbcTemplate jdbc;
    private final Deque<Long> marks = new ArrayDeque<>();

    UntoldChanges(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A SKU that has been changed, and the version that Redis should have heard of. */
    record Changed(String brand, Sku sku, long version) {}

    /** What has changed in the last seconds, the newest 500 SKUs at most. */
    List<Changed> recent() {
        Long newest = jdbc.queryForObject(NEWEST, Long.class);
        long now = newest == null ? 0 : newest;
        if (marks.isEmpty()) {
            marks.add(now - LOOK_BACK);
        }
        List<Changed> changed = jdbc.query(
                CHANGED,
                (rs, n) -> new Changed(rs.getString("brand"), new Sku(rs.getString("sku")), rs.getLong("version")),
                marks.getFirst());
        marks.addLast(now);
        if (marks.size() > CALLS_BACK) {
            marks.removeFirst();
        }
        return changed;
    }
}
