package dev.weir.hub.internal.connections;

import dev.weir.routes.AccessNotices;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What did platforms say of the end of their grants? Kept until the operator consents anew, or enters other settings. Statements join
 * the caller's transaction. Thread-safe.
 */
public final class NoticeStore implements AccessNotices {
    private static final int MOST = 500;

    private final JdbcClient jdbc;

    /** Notices in {@code jdbc}'s database. */
    public NoticeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void lapsing(UUID connectionId, Instant ends, String reason, Instant saidAt) {
        jdbc.sql("insert into connection_notice as n (connection_id, ends, reason, said_at)"
                        + " select c.id, ?, ?, ? from connection c where c.id = ? and not exists ("
                        + "select 1 from connection_grant g where g.connection_id = c.id and g.consent_ok"
                        + " and g.consent_at >= ?)"
                        + " on conflict (connection_id) do update set ends = excluded.ends, reason = excluded.reason,"
                        + " said_at = excluded.said_at where n.said_at <= excluded.said_at")
                .params(at(ends), cut(reason), at(saidAt), connectionId, at(saidAt))
                .update();
    }

    /** What was said last. */
    Optional<Notice> find(UUID connectionId) {
        return jdbc.sql("select ends, reason from connection_notice where connection_id = ?")
                .param(connectionId)
                .query((row, n) ->
                        new Notice(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2)))
                .optional();
    }

    /** The operator has done something about it. */
    public void clear(UUID connectionId) {
        jdbc.sql("delete from connection_notice where connection_id = ?")
                .param(connectionId)
                .update();
    }

    private static String cut(String reason) {
        String text = reason.replace('\0', ' ');
        return text.length() <= MOST ? text : text.substring(0, MOST);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** The grant ends then, in the platform's words. */
    record Notice(Instant ends, String reason) {
        String words(Instant now) {
            return (ends.isAfter(now) ? "The platform says that the access ends: " : "The platform ended the access: ")
                    + reason;
        }
    }
}
