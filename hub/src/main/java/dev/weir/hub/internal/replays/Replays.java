package dev.weir.hub.internal.replays;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How are many deliveries handled again, not all at once? What is left is kept in the database: any hub goes on with it, one at a time,
 * and each delivery begins again once. Thread-safe.
 */
public final class Replays {
    /** Most deliveries of one replay. */
    public static final int MOST = 1_000;
    /** Most deliveries a second. */
    public static final int FASTEST = 50;

    private static final int SHOWN = 10;
    private static final Duration TURN = Duration.ofSeconds(1);
    /** Timers come a little early now and then; without this, such a turn would be left out. The rate keeps over several turns. */
    private static final Duration EARLY = Duration.ofMillis(200);

    private static final Duration KEPT = Duration.ofDays(30);
    private static final String COLUMNS =
            "select id, by, rate, total, done, refused, at, ended_at, stopped_by from webhook_replay ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Predicate<UUID> again;
    private final Clock clock;

    /** {@code again} begins one delivery again in the caller's transaction; false when it cannot be. */
    public Replays(JdbcClient jdbc, TransactionTemplate transaction, Predicate<UUID> again, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.again = again;
        this.clock = clock;
    }

    /**
     * How far has it come?
     *
     * @param rate deliveries a second
     * @param refused those whose content was erased meanwhile
     * @param endedAt null while it goes on
     * @param stoppedBy who stopped it before its end
     */
    public record Replay(
            UUID id,
            String by,
            int rate,
            int total,
            int done,
            int refused,
            Instant at,
            @Nullable Instant endedAt,
            @Nullable String stoppedBy) {}

    /**
     * Begins with the first of {@code deliveries}, 1..{@value #MOST} of them, within a second or two.
     *
     * @throws IllegalStateException while another of the brand goes on
     */
    public Replay start(String brand, String by, int rate, List<UUID> deliveries) {
        if (deliveries.isEmpty() || deliveries.size() > MOST) {
            throw new IllegalArgumentException(
                    "deliveries: " + deliveries.size() + " (expected: 1.." + MOST + " that can be replayed)");
        }
        UUID id = UUID.randomUUID();
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("delete from webhook_replay where ended_at < :before")
                    .param("before", at(clock.instant().minus(KEPT)))
                    .update();
            insert(id, brand, by, rate, deliveries);
            return find(brand, id).orElseThrow();
        }));
    }

    private void insert(UUID id, String brand, String by, int rate, List<UUID> deliveries) {
        try {
            jdbc.sql("insert into webhook_replay (id, brand, by, rate, total, at) values (?, ?, ?, ?, ?, ?)")
                    .params(id, brand, by, rate, deliveries.size(), at(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("A replay is not through yet (expected: its end, or stop it first)", e);
        }
        jdbc.sql("insert into webhook_replay_item (replay_id, n, delivery_id) select :id, n, cast(delivery as uuid)"
                        + " from unnest(:deliveries) with ordinality d (delivery, n)")
                .param("id", id)
                .param("deliveries", deliveries.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    /** The brand's replays, newest first, {@value #SHOWN} at most. */
    public List<Replay> list(String brand) {
        return jdbc.sql(COLUMNS + "where brand = ? order by at desc limit " + SHOWN)
                .param(brand)
                .query(Replays::replay)
                .list();
    }

    /** One of them. */
    public Optional<Replay> find(String brand, UUID id) {
        return jdbc.sql(COLUMNS + "where brand = ? and id = ?")
                .params(brand, id)
                .query(Replays::replay)
                .optional();
    }

    /** Leaves the rest as it is; false when there is none that goes on. */
    public boolean stop(String brand, UUID id, String by) {
        int stopped = jdbc.sql("update webhook_replay set ended_at = :now, stopped_by = :by"
                        + " where brand = :brand and id = :id and ended_at is null")
                .param("now", at(clock.instant()))
                .param("by", by)
                .param("brand", brand)
                .param("id", id)
                .update();
        if (stopped > 0) {
            jdbc.sql("delete from webhook_replay_item where replay_id = ?")
                    .param(id)
                    .update();
        }
        return stopped > 0;
    }

    /** Gives each replay that is due its turn; how many deliveries began again. To be called about every second. */
    public int carryOn() {
        int all = 0;
        while (true) {
            Integer some = transaction.execute(status -> turn());
            if (some == null) {
                return all;
            }
            all += some;
        }
    }

    private record Due(UUID id, int rate) {}

    /** Null when none is due. Another hub that has the row at the moment goes on with it. */
    private @Nullable Integer turn() {
        Instant now = clock.instant();
        Due due = jdbc.sql("select id, rate from webhook_replay where ended_at is null"
                        + " and (moved_at is null or moved_at <= :before) order by at limit 1 for update skip locked")
                .param("before", at(now.minus(TURN)))
                .query((row, n) -> new Due(row.getObject(1, UUID.class), row.getInt(2)))
                .optional()
                .orElse(null);
        if (due == null) {
            return null;
        }
        List<UUID> next = jdbc.sql("with taken as (delete from webhook_replay_item where (replay_id, n) in"
                        + " (select replay_id, n from webhook_replay_item where replay_id = ? order by n limit ?)"
                        + " returning n, delivery_id) select delivery_id from taken order by n")
                .params(due.id(), due.rate())
                .query(UUID.class)
                .list();
        int done = 0;
        for (UUID delivery : next) {
            done += again.test(delivery) ? 1 : 0;
        }
        jdbc.sql("update webhook_replay set done = done + :done, refused = refused + :refused,"
                        + " moved_at = greatest(moved_at + cast(:turn as interval), cast(:early as timestamptz)), ended_at = case when exists (select 1 from webhook_replay_item where replay_id = :id)"
                        + " then null else cast(:now as timestamptz) end where id = :id")
                .param("done", done)
                .param("refused", next.size() - done)
                .param("turn", TURN.toString())
                .param("early", at(now.minus(EARLY)))
                .param("now", at(now))
                .param("id", due.id())
                .update();
        return done;
    }

    private static Replay replay(ResultSet row, int n) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Replay(
                row.getObject("id", UUID.class),
                row.getString("by"),
                row.getInt("rate"),
                row.getInt("total"),
                row.getInt("done"),
                row.getInt("refused"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("stopped_by"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
