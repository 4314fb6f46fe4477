package dev.weir.routes;

import dev.weir.connectors.AtWork;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Traces;
import dev.weir.routes.internal.Json;
import dev.weir.routes.internal.Signal;
import dev.weir.routes.internal.Sql;
import java.sql.Types;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where do events wait until Kafka has them? In the table {@code outbox}, written by the caller's Spring transaction on
 * the same {@code DataSource}. Needs no other part, so it can be made first. Thread-safe.
 */
public final class JdbcOutbox implements Outbox {
    private static final String APPEND = "insert into outbox (brand, topic, key, type, payload, at, sent_at)"
            + " values (?, ?, ?, ?, cast(? as jsonb), ?, ?)";
    private static final ScopedValue<Boolean> QUIET = ScopedValue.newInstance();

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Signal signal = new Signal();

    /** An outbox in {@code database}, which {@code db/migration/V5_*} prepared. */
    public JdbcOutbox(DataSource database, Clock clock) {
        this.jdbc = new JdbcTemplate(database);
        this.clock = clock;
    }

    @Override
    public void append(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        Object at = Sql.at(clock.instant());
        Object sent = new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, QUIET.isBound() ? at : null);
        for (Event event : events) {
            if (event.topic().equals(ORDERS)) {
                AtWork.learned(AtWork.On.ORDER, event.key());
            }
        }
        String trace = Traces.current();
        jdbc.batchUpdate(
                APPEND,
                events.stream().map(event -> row(event, trace, at, sent)).toList());
        wakeAfterCommit();
    }

    private static Object[] row(Event event, @Nullable String trace, Object at, Object sent) {
        return new Object[] {
            event.brand(),
            event.topic(),
            event.key(),
            event.type(),
            Json.write(trace == null ? event.payload() : traced(event.payload(), trace)),
            at,
            sent
        };
    }

    private static Map<String, Object> traced(Map<String, ?> payload, String trace) {
        Map<String, Object> all = new LinkedHashMap<>(payload);
        all.put(Traces.HEADER, trace);
        return all;
    }

    /** Does {@code work}, whose events on this thread are kept as told and never are: what it does happened long ago. */
    public static <T> T quietly(Supplier<T> work) {
        return ScopedValue.where(QUIET, true).call(work::get);
    }

    Signal signal() {
        return signal;
    }

    void wakeAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            signal.raise();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                signal.raise();
            }
        });
    }
}
