package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.State;
import dev.weir.routes.internal.DriftCauses.Judgement;
import dev.weir.routes.internal.DriftRuns.Run;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which differences are there, and what became of them? The tables {@code drift} and {@code drift_heal}. */
final class DriftRows {
    private static final String ALIVE = "state in ('OPEN', 'ASKS', 'REVERTED')";

    /** What a run may heal by itself, when it is not too much; nothing is written for what orders account for. */
    private static final String CANDIDATE =
            "run_id = :run and remedy = 'HEAL' and state in ('OPEN', 'ASKS') and cause <> 'LOST_WEBHOOK' and missed = 0";

    /** What a person took back stays so while the shop shows it; what asks goes on asking. */
    private static final String FOUND = """
            insert into drift as d (id, brand, connection_id, kind, subject, expected, seen, told, cause, words, remedy, worth,
              currency, since, last_seen, state, run_id)
            values (:id, :brand, :connection, :kind, :subject, :expected, :seen, :told, :cause, :words, :remedy, :worth, :currency,
              :now, :now, case when :remedy = 'ASK' then 'ASKS' else 'OPEN' end, :run)
            on conflict (connection_id, kind, subject) where state in ('OPEN', 'ASKS', 'REVERTED') do update
            set expected = excluded.expected, seen = excluded.seen, told = excluded.told, cause = excluded.cause,
              words = excluded.words, remedy = excluded.remedy, worth = excluded.worth, currency = excluded.currency,
              last_seen = excluded.last_seen, run_id = excluded.run_id, missed = 0, missed_by = '{}', missed_young = false,
              times = d.times + case when d.run_id = excluded.run_id then 0 else 1 end,
              state = case when d.state = 'REVERTED' and d.seen = excluded.seen then 'REVERTED'
                           when d.state = 'ASKS' and d.seen = excluded.seen and excluded.remedy <> 'WAIT' then 'ASKS'
                           else excluded.state end""";

    private final JdbcClient jdbc;
    private final Clock clock;

    DriftRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A difference that is still there, as an earlier run left it. */
    record Alive(UUID id, String subject, Instant since, State state) {}

    /** What is to be healed: {@code seen} is what the shop showed. */
    record Due(UUID id, UUID connectionId, Kind kind, String subject, String seen, State state, Cause cause) {}

    /**
     * @param told what the shop took last; null when it took none, or it is no number
     * @param worth null where it cannot be said
     */
    record Found(
            Kind kind,
            String subject,
            String expected,
            String seen,
            @Nullable Integer told,
            Judgement judgement,
            @Nullable Money worth) {}

    Map<String, Alive> alive(UUID connectionId, Kind kind, Collection<String> subjects) {
        Map<String, Alive> alive = new HashMap<>();
        jdbc.sql("select id, subject, since, state from drift where connection_id = :id and kind = :kind"
                        + " and subject = any(:subjects) and " + ALIVE)
                .param("id", connectionId)
                .param("kind", kind.name())
                .param("subjects", subjects.toArray(String[]::new))
                .query((row, n) -> new Alive(
                        row.getObject("id", UUID.class),
                        row.getString("subject"),
                        Sql.instant(row, "since"),
                        State.valueOf(row.getString("state"))))
                .list()
                .forEach(one -> alive.put(one.subject(), one));
        return alive;
    }

    /** How often each of these was healed since {@code from}, and not taken back. */
    Map<Sku, Integer> healed(UUID connectionId, List<Sku> skus, Duration back) {
        Map<Sku, Integer> healed = new HashMap<>();
        jdbc.sql("""
                        select d.subject, count(*) as heals from drift_heal h join drift d on d.id = h.drift_id
                        where d.connection_id = :id and d.kind = 'STOCK' and d.subject = any(:skus) and h.state = 'DONE'
                          and h.done_at > :from group by d.subject""")
                .param("id", connectionId)
                .param("skus", Sql.skus(skus))
                .param("from", Sql.at(clock.instant().minus(back)))
                .query((row, n) -> Map.entry(new Sku(row.getString("subject")), row.getInt("heals")))
                .list()
                .forEach(entry -> healed.put(entry.getKey(), entry.getValue()));
        return healed;
    }

    void found(Connection connection, Run run, Found found) {
        Money worth = found.worth();
        jdbc.sql(FOUND)
                .param("id", UUID.randomUUID())
                .param("brand", connection.brand())
                .param("connection", connection.id())
                .param("kind", found.kind().name())
                .param("subject", Sql.cut(found.subject(), 200))
                .param("expected", Sql.cut(found.expected(), 300))
                .param("seen", Sql.cut(found.seen(), 300))
                .param("told", found.told(), Types.INTEGER)
                .param("cause", found.judgement().cause().name())
                .param("words", Sql.cut(found.judgement().words(), 600))
                .param("remedy", found.judgement().remedy().name())
                .param("worth", worth == null ? null : worth.minor(), Types.BIGINT)
                .param("currency", worth == null ? null : worth.currency().getCurrencyCode(), Types.VARCHAR)
                .param("now", Sql.at(clock.instant()))
                .param("run", run.id())
                .update();
    }

    /** Ends those of these that are alive; returns how many. */
    int end(Collection<UUID> ids, State state) {
        return ids.isEmpty()
                ? 0
                : jdbc.sql("update drift set state = :state, ended_at = :now where id in (:ids) and " + ALIVE)
                        .param("state", state.name())
                        .param("now", Sql.at(clock.instant()))
                        .param("ids", ids)
                        .update();
    }

    /** Ends what earlier runs found of the kind and this one, which is through with it, did not; returns how many. */
    int endRest(Connection connection, Kind kind, Run run) {
        return jdbc.sql("update drift set state = 'GONE', ended_at = :now where connection_id = :id and kind = :kind"
                        + " and run_id <> :run and " + ALIVE)
                .param("now", Sql.at(clock.instant()))
                .param("id", connection.id())
                .param("kind", kind.name())
                .param("run", run.id())
                .update();
    }

    /** What of the run may be healed now, {@code most} of one kind; {@code asking} too where it is healed by force. */
    List<Due> due(Run run, Kind kind, int most) {
        return jdbc.sql("select * from drift where run_id = :run and kind = :kind and remedy = 'HEAL'"
                        + " and state = any(:states) order by seq limit :most")
                .param("run", run.id())
                .param("kind", kind.name())
                .param("states", run.forced() ? new String[] {"OPEN", "ASKS"} : new String[] {"OPEN"})
                .param("most", most)
                .query(DriftRows::row)
                .list();
    }

    Optional<Due> due(String brand, UUID id) {
        return jdbc.sql("select * from drift where brand = :brand and id = :id")
                .param("brand", brand)
                .param("id", id)
                .query(DriftRows::row)
                .optional();
    }

    private static Due row(ResultSet row, int number) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class),
                row.getObject("connection_id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("seen"),
                State.valueOf(row.getString("state")),
                Cause.valueOf(row.getString("cause")));
    }

    /** A person is to decide on it. */
    void asks(UUID id, String words) {
        jdbc.sql("update drift set state = 'ASKS', remedy = 'ASK', words = words || '. ' || :words where id = :id and "
                        + ALIVE)
                .param("words", Sql.cut(words, 500))
                .param("id", id)
                .update();
    }

    /** It changed under our eyes: the next run looks again. */
    void waits(UUID id) {
        jdbc.sql("update drift set remedy = 'WAIT' where id = :id")
                .param("id", id)
                .update();
    }

    /** What that is worth, by currency. */
    List<Money> worth(Run run) {
        return jdbc.sql("select sum(worth) as worth, currency from drift where " + CANDIDATE
                        + " and worth is not null group by currency")
                .param("run", run.id())
                .query((row, n) -> Money.ofMinor(row.getLong("worth"), row.getString("currency")))
                .list();
    }

    /** How many those are. */
    int candidates(Run run) {
        return jdbc.sql("select count(*) from drift where " + CANDIDATE)
                .param("run", run.id())
                .query(Integer.class)
                .single();
    }

    /** Nothing of it is healed without a person. */
    void holdBack(Run run) {
        jdbc.sql("update drift set state = 'ASKS' where " + CANDIDATE)
                .param("run", run.id())
                .update();
    }
}
