package dev.weir.routes;

import dev.weir.connectors.Outbox;
import dev.weir.routes.internal.Json;
import dev.weir.routes.internal.Signal;
import dev.weir.routes.internal.Sql;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where do events wait until Kafka has them? In the table {@code outbox}, written by the caller's Spring transaction on
 * the same {@code DataSource}. Needs no other part, so it can be made first. Thread-safe.
 */
public final class JdbcOutbox implements Outbox {
    private static final String APPEND =
            "insert into outbox (brand, topic, key, type, payload, at) values (?, ?, ?, ?, cast(? as jsonb), ?)";

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
        jdbc.batchUpdate(APPEND, events.stream().map(event -> row(event, at)).toList());
        wakeAfterCommit();
    }

    private static Object[] row(Event event, Object at) {
        return new Object[] {event.brand(), event.topic(), event.key(), event.type(), Json.write(event.payload()), at};
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
