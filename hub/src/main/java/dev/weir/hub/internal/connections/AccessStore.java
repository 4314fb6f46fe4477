package dev.weir.hub.internal.connections;

import dev.weir.hub.internal.security.SecretBox;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What do the hubs know of each connection's access? A row each; who holds its lock is the one hub that refreshes. */
final class AccessStore {
    private static final String SELECT = "select seen_version, access_ends, grant_ends, refresh_at, asked_at, failures,"
            + " trouble, refused, renewable, given, sealed_previous, consent_at, consent_ok, consent_detail"
            + " from connection_grant where connection_id = ?";

    private final JdbcClient jdbc;
    private final SealedMap sealed;

    AccessStore(JdbcClient jdbc, SecretBox box) {
        this.jdbc = jdbc;
        this.sealed = new SealedMap(box);
    }

    /** As it stands; {@link Access#UNSEEN} where there is no row. */
    Access find(UUID id) {
        return query(id, "").orElse(Access.UNSEEN);
    }

    /** Makes the row, so that it can be locked; nothing when the connection is gone. */
    void prepare(UUID id) {
        jdbc.sql("insert into connection_grant (connection_id) select id from connection where id = ?"
                        + " on conflict do nothing")
                .param(id)
                .update();
    }

    /** Locks the row until the transaction's end, waiting for whoever has it; empty when there is none. */
    Optional<Access> lock(UUID id) {
        return query(id, " for update");
    }

    /** Locks the row until the transaction's end; empty when another has it, or there is none. */
    Optional<Access> tryLock(UUID id) {
        return query(id, " for update skip locked");
    }

    /** Connections of {@code channels} whose settings changed since their ends were read, at most {@code most}. */
    List<UUID> unseen(Set<String> channels, int most) {
        return jdbc.sql("select c.id from connection c left join connection_grant g on g.connection_id = c.id"
                        + " where c.channel = any (?) and c.enabled and not c.unfinished"
                        + " and c.version is distinct from g.seen_version order by c.id limit ?")
                .params(channels.toArray(String[]::new), most)
                .query(UUID.class)
                .list();
    }

    /** Connections that are to be refreshed by now, the longest overdue first, at most {@code most}. */
    List<UUID> due(Instant now, int most) {
        return jdbc.sql("select g.connection_id from connection_grant g join connection c on c.id = g.connection_id"
                        + " where g.refresh_at <= ? and c.enabled and not c.unfinished order by g.refresh_at limit ?")
                .params(at(now), most)
                .query(UUID.class)
                .list();
    }

    /**
     * How many connections in use were refused, or end by {@code by} and cannot be renewed without their operator, or of how many the
     * platform says so.
     */
    long needing(Instant by) {
        return jdbc.sql("select count(*) from connection c left join connection_grant g on g.connection_id = c.id"
                        + " where c.enabled and not c.unfinished and (g.refused is not null or g.grant_ends <= ?"
                        + " or (not g.renewable and g.access_ends <= ?)"
                        + " or exists (select 1 from connection_notice n where n.connection_id = c.id))")
                .params(at(by), at(by))
                .query(Long.class)
                .single();
    }

    /** Replaces the row's content; the row is there and locked. */
    void write(UUID id, Access access) {
        TokenKeeper.Concluded consent = access.consent();
        jdbc.sql("update connection_grant set seen_version = ?, access_ends = ?, grant_ends = ?, refresh_at = ?,"
                        + " asked_at = ?, failures = ?, trouble = ?, refused = ?, renewable = ?, given = ?,"
                        + " sealed_previous = ?, consent_at = ?, consent_ok = ?, consent_detail = ?"
                        + " where connection_id = ?")
                .params(java.util.Arrays.asList(
                        access.seenVersion(),
                        at(access.accessEnds()),
                        at(access.grantEnds()),
                        at(access.refreshAt()),
                        at(access.askedAt()),
                        access.failures(),
                        access.trouble(),
                        access.refused(),
                        access.renewable(),
                        access.given().toArray(String[]::new),
                        access.previous().isEmpty() ? null : sealed.seal(access.previous()),
                        consent == null ? null : at(consent.at()),
                        consent == null ? null : consent.ok(),
                        consent == null ? null : consent.detail(),
                        id))
                .update();
    }

    private Optional<Access> query(UUID id, String lock) {
        return jdbc.sql(SELECT + lock)
                .param(id)
                .query((row, number) -> read(id, row))
                .optional();
    }

    private Access read(UUID id, ResultSet row) throws SQLException {
        byte[] previous = row.getBytes(11);
        Array given = row.getArray(10);
        Instant consentAt = instant(row, 12);
        return new Access(
                row.getLong(1),
                instant(row, 2),
                instant(row, 3),
                instant(row, 4),
                instant(row, 5),
                row.getInt(6),
                row.getString(7),
                row.getString(8),
                row.getBoolean(9),
                Set.of((String[]) given.getArray()),
                previous == null ? Map.of() : sealed.open("access of " + id, previous),
                consentAt == null ? null : new TokenKeeper.Concluded(consentAt, row.getBoolean(13), row.getString(14)));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
