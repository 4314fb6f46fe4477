package dev.weir.reservation.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which epoch of a brand's pool is the true one? The ledger keeps it: whoever would rebuild the gate first takes the next
 * number here, so of several hubs one rebuilds. Thread-safe.
 */
final class PoolEpochs {
    private static final String CURRENT =
            "select epoch, seq, (extract(epoch from clock_timestamp() - opened_at) * 1000)::bigint"
                    + " as age from pool where brand = ?";
    private static final String FIRST =
            "insert into pool (brand, epoch, opened_at) values (?, ?, clock_timestamp()) on conflict do nothing";
    private static final String NEXT =
            "update pool set epoch = ?, seq = 0, opened_at = clock_timestamp()" + " where brand = ? and epoch = ?";
    private static final String NOTE = "update pool set seq = ? where brand = ? and epoch = ? and seq < ?";
    private static final String BRANDS = "select distinct brand from stock where brand > ? order by brand limit ?";

    private final JdbcTemplate jdbc;

    PoolEpochs(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An epoch.
     *
     * @param seq the newest admission that a hub has noted
     * @param age since it was begun, by the database's clock
     */
    record Epoch(long number, long seq, Duration age) {}

    /** Empty before the first one. */
    Optional<Epoch> current(String brand) {
        return jdbc
                .query(
                        CURRENT,
                        (rs, n) ->
                                new Epoch(rs.getLong("epoch"), rs.getLong("seq"), Duration.ofMillis(rs.getLong("age"))),
                        brand)
                .stream()
                .findFirst();
    }

    /** Begins {@code next} in place of {@code before}, 0 for none; false when another hub was faster. */
    boolean begin(String brand, long before, long next) {
        return before == 0 ? jdbc.update(FIRST, brand, next) == 1 : jdbc.update(NEXT, next, brand, before) == 1;
    }

    /** Notes how far admissions have got, so that a hub that starts later can tell an old copy of Redis. */
    void note(String brand, long epoch, long seq) {
        jdbc.update(NOTE, seq, brand, epoch, seq);
    }

    /** Brands that have stock, after {@code last}, in order. */
    List<String> brands(String last, int limit) {
        return jdbc.queryForList(BRANDS, String.class, last, limit);
    }
}
