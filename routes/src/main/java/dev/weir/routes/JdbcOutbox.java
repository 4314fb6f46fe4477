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
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
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
            + " select brand, topic, key, type, payload::jsonb, ?, ? from unnest(?::text[], ?::text[], ?::text[], ?::text[],"
            + " ?::text[]) with ordinality as e (brand, topic, key, type, payload, place) order by place";
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
        appending(events).ifPresent(insert -> {
            jdbc.update(insert.sql(), insert.parameters().toArray());
            if (!TransactionSynchronizationManager.isSynchronizationActive()) {
                signal.raise();
            }
        });
    }

    @Override
    public Optional<Insert> appending(List<Event> events) {
        if (events.isEmpty()) {
            return Optional.empty();
        }
        for (Event event : events) {
            if (event.topic().equals(ORDERS)) {
                AtWork.learned(AtWork.On.ORDER, event.key());
            }
        }
        wakeAfterCommit();
        return Optional.of(new Insert(APPEND, parameters(events)));
    }

    private List<Object> parameters(List<Event> events) {
        Object at = Sql.at(clock.instant());
        String trace = Traces.current();
        return List.of(
                at,
                new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, QUIET.isBound() ? at : null),
                column(events, Event::brand),
                column(events, Event::topic),
                column(events, Event::key),
                column(events, Event::type),
                column(events, event -> Json.write(trace == null ? event.payload() : traced(event.payload(), trace))));
    }

    private static String[] column(List<Event> events, Function<Event, String> value) {
        return events.stream().map(value).toArray(String[]::new);
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

    private void wakeAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    signal.raise();
                }
            });
        }
    }
}
