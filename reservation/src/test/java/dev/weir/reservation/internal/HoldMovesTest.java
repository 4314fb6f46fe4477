package dev.weir.reservation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.reservation.Servers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether a hold is over is the database's word, and what is kept of it is the moment of that word, however wrong a hub's clock. */
class HoldMovesTest {
    private static final Duration ASTRAY = Duration.ofMinutes(10);

    private final JdbcTemplate jdbc = new JdbcTemplate(Servers.database());
    private final HoldMoves moves = new HoldMoves(jdbc, true);

    @Test
    void hubWhoseClockIsAhead_commitsInTime_andTheCommitIsKeptBeforeTheEnd() {
        undone(() -> {
            UUID hold = hold(Duration.ofSeconds(30));

            assertThat(moves.commit(hold, here().plus(ASTRAY))).isTrue();
            assertThat(is(hold, "state = 'COMMITTED' and ended_at < expires_at and ended_at <= clock_timestamp()"))
                    .isTrue();
        });
    }

    @Test
    void hubWhoseClockIsBehind_commitsNothingThatIsOver() {
        undone(() -> {
            UUID hold = hold(Duration.ofSeconds(-1));

            assertThat(moves.commit(hold, here().minus(ASTRAY))).isFalse();
            assertThat(is(hold, "state = 'HELD' and ended_at is null")).isTrue();
        });
    }

    @Test
    void releaseInTime_isKeptBeforeTheEnd_andOneTooLateAfterIt() {
        undone(() -> {
            UUID early = hold(Duration.ofSeconds(30));
            UUID late = hold(Duration.ofSeconds(-1));
            List<HoldMoves.Ended> ended = new ArrayList<>();
            Journey journey = new Journey();
            moves.end(journey, List.of(early, late), here().plus(ASTRAY), ended::add);
            journey.go(jdbc);

            assertThat(ended).extracting(HoldMoves.Ended::id).containsExactlyInAnyOrder(early, late);
            assertThat(is(early, "state = 'RELEASED' and ended_at < expires_at"))
                    .isTrue();
            assertThat(is(late, "state = 'EXPIRED' and ended_at >= expires_at and ended_at <= clock_timestamp()"))
                    .isTrue();
        });
    }

    @Test
    void lapse_isKeptNoEarlierThanTheEnd() {
        undone(() -> {
            UUID hold = hold(Duration.ofSeconds(-1));
            Journey journey = new Journey();
            moves.expire(journey, List.of(hold), here().minus(ASTRAY));
            journey.go(jdbc);

            assertThat(is(hold, "state = 'EXPIRED' and ended_at = expires_at")).isTrue();
        });
    }

    private void undone(Runnable story) {
        new TransactionTemplate(new DataSourceTransactionManager(Servers.database())).executeWithoutResult(status -> {
            status.setRollbackOnly();
            story.run();
        });
    }

    private Instant here() {
        return Objects.requireNonNull(jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class))
                .toInstant();
    }

    private UUID hold(Duration left) {
        UUID id = UUID.randomUUID();
        jdbc.update(
                "insert into hold (id, brand, show_id, idempotency_key, request_hash, token_hash, state, created_at,"
                        + " expires_at, attribution, epoch, seq, skus, units) values (?, 'kiln', ?, ?, ''::bytea,"
                        + " decode(md5(?), 'hex'), 'HELD', clock_timestamp(), clock_timestamp() + ? * interval '1 ms',"
                        + " '{}', 1, 1, '{MUG}', '{1}')",
                id, UUID.randomUUID(), id.toString(), id.toString(), left.toMillis());
        return id;
    }

    private boolean is(UUID hold, String what) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select " + what + " from hold where id = ?", Boolean.class, hold));
    }
}
