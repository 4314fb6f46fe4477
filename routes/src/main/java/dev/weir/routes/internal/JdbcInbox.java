package dev.weir.routes.internal;

import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.routes.Inbox;
import dev.weir.routes.RoutesSettings;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How is a delivery put on disk, and told to Kafka, in one statement? */
public final class JdbcInbox implements Inbox {
    // A repeat inserts nothing, so it tells nothing either.
    private static final String STORE = """
            with stored as (
                insert into inbox (id, connection_id, brand, channel, delivery_id, topic, aggregate_key, headers, query,
                                   body, received_at, state, next_try_at)
                values (:id, :connection, :brand, :channel, :delivery, :topic, :aggregate, cast(:headers as jsonb),
                        :query, :body, :received, 'RECEIVED', :sweep)
                on conflict (connection_id, delivery_id) do nothing
                returning id),
            told as (
                insert into outbox (brand, topic, key, type, payload, at)
                select :brand, :kafka, :key, 'WebhookStored', jsonb_build_object('inboxId', id), :now from stored)
            select id from stored""";

    private final JdbcClient jdbc;
    private final RoutesSettings settings;
    private final Signal signal;
    private final Clock clock;

    /** Stores in {@code jdbc}'s database and wakes the relay through {@code signal}. */
    public JdbcInbox(JdbcClient jdbc, RoutesSettings settings, Signal signal, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.signal = signal;
        this.clock = clock;
    }

    @Override
    public Stored store(
            UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict.Authentic verdict) {
        try {
            Optional<UUID> fresh = insert(connectionId, brand, channel, raw, verdict);
            signal.raise();
            return fresh.map(id -> new Stored(id, false))
                    .orElseGet(() -> new Stored(existing(connectionId, verdict.deliveryId()), true));
        } catch (DataAccessException e) {
            throw new Unavailable(
                    "delivery " + verdict.deliveryId() + " of connection " + connectionId
                            + " was not stored: the database did not take it",
                    e);
        }
    }

    private Optional<UUID> insert(
            UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict.Authentic verdict) {
        return jdbc.sql(STORE)
                .param("id", UUID.randomUUID())
                .param("connection", connectionId)
                .param("brand", brand)
                .param("channel", channel)
                .param("delivery", verdict.deliveryId())
                .param("topic", Sql.cut(verdict.topic(), 200))
                .param("aggregate", verdict.aggregateKey())
                .param("headers", Json.write(raw.headers()))
                .param("query", raw.query())
                .param("body", raw.body())
                .param("received", Sql.at(raw.receivedAt()))
                .param("sweep", Sql.at(clock.instant().plus(settings.inboxGrace())))
                .param("kafka", Topics.INBOX)
                .param("key", connectionId + "/" + verdict.aggregateKey())
                .param("now", Sql.at(clock.instant()))
                .query(UUID.class)
                .optional();
    }

    private UUID existing(UUID connectionId, String deliveryId) {
        return jdbc.sql("select id from inbox where connection_id = :connection and delivery_id = :delivery")
                .param("connection", connectionId)
                .param("delivery", deliveryId)
                .query(UUID.class)
                .single();
    }
}
