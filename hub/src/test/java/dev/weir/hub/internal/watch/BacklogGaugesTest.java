package dev.weir.hub.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Backlog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** What is told of a database that is away; that it is counted right is {@code OperationsTest}'s. */
class BacklogGaugesTest {
    private static final Backlog ONE =
            Backlog.of("weir.things", "Things", new Backlog.Count("waiting", "at", "thing where done is null"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Away database = new Away();
    private Instant now = Instant.EPOCH;
    private final BacklogGauges gauges =
            new BacklogGauges(List.of(ONE, ONE), new JdbcTemplate(database), new MovedClock());

    @Test
    void databaseThatIsAway_isNotANumber_andTheReadingGrowsOld() {
        gauges.register(registry);

        gauges.read();
        now = now.plusSeconds(61);

        assertThat(registry.get("weir.things").gauge().value()).isNaN();
        assertThat(registry.get("weir.things.oldest.age").gauge().value()).isNaN();
        assertThat(registry.get("weir.database.reading.age").gauge().value()).isEqualTo(61);
    }

    @Test
    void databaseThatIsAway_isAskedOnceATurn() {
        gauges.read();

        assertThat(database.asked).isEqualTo(1);
    }

    @Test
    void question_isBounded_andNamesWhatItCounts() {
        assertThat(ONE.sql())
                .isEqualTo("select 'waiting' as state, count(*) as number, min(since) as oldest from"
                        + " (select at as since from thing where done is null limit 100000) of_waiting");
    }

    private final class MovedClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class Away extends AbstractDataSource {
        private int asked;

        @Override
        public Connection getConnection() throws SQLException {
            asked++;
            throw new SQLException("away");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
