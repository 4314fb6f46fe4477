package dev.weir.routes;

import dev.weir.connectors.Outbox;
import dev.weir.routes.internal.Json;
import dev.weir.routes.internal.Signal;
import dev.weir.routes.internal.Sql;
import java.sql.Types;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where do events wait until Kafka has them? In the table {@code outbox}, written by the caller's Spring transaction on
 * the same {@code DataSource}. Needs no other part, so it can be made first. Thread-safe.
 */
public final class JdbcOutbox implements Outbox {
    private static final String APPEND = """
            insert into outbox (brand, topic, key, type, payload, at, sent_at)
            values (:brand, :topic, :key, :type, cast(:payload as jsonb), :at, :sent)""";
    private static final ScopedValue<Boolean> QUIET = ScopedValue.newInstance();

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Signal signal = new Signal();

    /** An outbox in {@code database}, which {@code db/migration/V5_*} prepared. */
    public JdbcOutbox(DataSource database, Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.clock = clock;
    }

    @Override
    public void append(String brand, String topic, String key, String type, Map<String, ?> payload) {
        jdbc.sql(APPEND)
                .param("brand", brand)
                .param("topic", topic)
                .param("key", key)
                .param("type", type)
                .param("payload", Json.write(payload))
                .param("at", Sql.at(clock.instant()))
                .param("sent", QUIET.isBound() ? Sql.at(clock.instant()) : null, Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        wakeAfterCommit();
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
