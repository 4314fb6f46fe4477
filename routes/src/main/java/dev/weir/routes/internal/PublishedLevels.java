package dev.weir.routes.internal;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Which number was each shop told last, and which does it show itself? */
final class PublishedLevels {
    private static final String ABOUT_TO = """
            insert into published_level as p (connection_id, sku, recent) values (?, ?, array[?::integer])
            on conflict (connection_id, sku) do update
            set recent = (array_prepend(?::integer, p.recent))[1:8]""";
    private static final String DONE = """
            update published_level set available = ?, version = ?, published_at = ?, error = null, error_at = null,
                   drift_available = null, drift_reason = null
            where connection_id = ? and sku = ? and (version is null or version <= ?)""";

    private static final String SHOWN = """
            insert into published_level (connection_id, sku, available, version, published_at) values (?, ?, ?, ?, ?)
            on conflict (connection_id, sku) do nothing""";
    private static final String ASSUMED = """
            insert into published_level (connection_id, sku, available, version, published_at) values (?, ?, ?, ?, ?)
            on conflict (connection_id, sku) do update set available = excluded.available, version = excluded.version,
              published_at = excluded.published_at, drift_available = null, drift_reason = null""";
    private static final String REFUSED = """
            insert into published_level (connection_id, sku, error, error_at) values (?, ?, ?, ?)
            on conflict (connection_id, sku) do update set error = excluded.error, error_at = excluded.error_at""";

    /** Older numbers of ours come back late when many were written shortly one after the other. */
    static final Duration ECHO_LASTS = Duration.ofMinutes(2);

    private final JdbcClient jdbc;
    private final JdbcOperations batch;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PublishedLevels(JdbcClient jdbc, JdbcOperations batch, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What the shop took last of each of these SKUs, 5,000 at most. */
    List<StockLevel> of(UUID connectionId, List<Sku> skus) {
        return jdbc.sql("""
                        select sku, available, version from published_level
                        where connection_id = :id and sku = any(:skus) and version is not null""")
                .param("id", connectionId)
                .param("skus", Sql.skus(skus))
                .query((row, n) ->
                        new StockLevel(new Sku(row.getString("sku")), row.getInt("available"), row.getLong("version")))
                .list();
    }

    /** All that is known of the shop's number of those of these SKUs, 5,000 at most, that it was told or said something of. */
    Map<Sku, Told> known(UUID connectionId, List<Sku> skus) {
        Map<Sku, Told> known = new HashMap<>();
        jdbc.sql("""
                        select sku, available, published_at, recent, error, drift_available, seen_at from published_level
                        where connection_id = :id and sku = any(:skus)""")
                .param("id", connectionId)
                .param("skus", Sql.skus(skus))
                .query((row, n) -> Map.entry(
                        new Sku(row.getString("sku")),
                        new Told(
                                row.getObject("available", Integer.class),
                                Sql.instantOrNull(row, "published_at"),
                                Set.copyOf(List.of(
                                        (Integer[]) row.getArray("recent").getArray())),
                                row.getString("error"),
                                row.getObject("drift_available", Integer.class),
                                Sql.instantOrNull(row, "seen_at"))))
                .list()
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return known;
    }

    /** Counts these as told, whatever the shop shows: nobody was told anything. */
    void assume(UUID connectionId, List<StockLevel> levels) {
        Instant now = clock.instant();
        batch.batchUpdate(ASSUMED, levels, 500, (statement, level) -> {
            statement.setObject(1, connectionId);
            statement.setString(2, level.sku().value());
            statement.setInt(3, level.available());
            statement.setLong(4, level.version());
            statement.setObject(5, Sql.at(now));
        });
    }

    /** Remembers the numbers before they are written: the shop's echo can be faster than its answer. */
    void aboutTo(UUID connectionId, List<StockLevel> levels) {
        soon(ABOUT_TO, levels, (statement, level) -> {
            statement.setObject(1, connectionId);
            statement.setString(2, level.sku().value());
            statement.setInt(3, level.available());
            statement.setInt(4, level.available());
        });
    }

    /** The shop shows these already, without having been told. */
    void shown(UUID connectionId, List<StockLevel> levels) {
        Instant now = clock.instant();
        batch.batchUpdate(SHOWN, levels, 500, (statement, level) -> {
            statement.setObject(1, connectionId);
            statement.setString(2, level.sku().value());
            statement.setInt(3, level.available());
            statement.setLong(4, level.version());
            statement.setObject(5, Sql.at(now));
        });
    }

    /** The shop took these. */
    void done(UUID connectionId, List<StockLevel> levels) {
        Instant now = clock.instant();
        soon(DONE, levels, (statement, level) -> {
            statement.setInt(1, level.available());
            statement.setLong(2, level.version());
            statement.setObject(3, Sql.at(now));
            statement.setObject(4, connectionId);
            statement.setString(5, level.sku().value());
            statement.setLong(6, level.version());
        });
    }

    /** Lost with the database, it costs another writing of the same number, or a difference that is noted for nothing. */
    private void soon(String sql, List<StockLevel> levels, ParameterizedPreparedStatementSetter<StockLevel> values) {
        if (levels.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            batch.queryForList("select " + Sql.COMMIT_SOON);
            batch.batchUpdate(sql, levels, levels.size(), values);
        });
    }

    /** The shop's level of each SKU cannot be set, because of its reason. */
    void refused(UUID connectionId, Map<Sku, String> reasons) {
        Instant now = clock.instant();
        batch.batchUpdate(REFUSED, reasons.entrySet(), 500, (statement, refusal) -> {
            statement.setObject(1, connectionId);
            statement.setString(2, refusal.getKey().value());
            statement.setString(3, Sql.cut(refusal.getValue(), 500));
            statement.setObject(4, Sql.at(now));
        });
    }

    /** Compares what the shop says with what we wrote there last, and notes a difference. */
    Seen seen(UUID connectionId, Sku sku, int available, Instant at) {
        int echo = jdbc.sql("""
                        update published_level set seen_at = :at
                        where connection_id = :id and sku = :sku
                          and (available = :available
                               or cast(:available as integer) = any (recent)
                                  and (published_at is null or published_at > :late))""")
                .param("at", Sql.at(at))
                .param("late", Sql.at(clock.instant().minus(ECHO_LASTS)))
                .param("id", connectionId)
                .param("sku", sku.value())
                .param("available", available)
                .update();
        if (echo > 0) {
            return Seen.ECHO;
        }
        jdbc.sql("""
                        insert into published_level as p (connection_id, sku, seen_at, drift_available, drift_reason)
                        values (:id, :sku, :at, :available, 'the shop changed a level that we never wrote')
                        on conflict (connection_id, sku) do update
                        set seen_at = :at, drift_available = :available,
                            drift_reason = 'the shop says ' || :available || ', we wrote '
                                || coalesce(cast(p.available as text), 'nothing')""")
                .param("at", Sql.at(at))
                .param("id", connectionId)
                .param("sku", sku.value())
                .param("available", available)
                .update();
        return Seen.DRIFT;
    }

    /** Did we write the number that a shop shows? */
    enum Seen {
        ECHO,
        DRIFT
    }
}
