package dev.weir.hub.internal.connections;

import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.hub.internal.security.SecretBox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which shops did operators connect? All settings are sealed at rest. Nothing is kept in memory: whoever asks gets what any hub
 * stored last. Thread-safe.
 */
public final class ConnectionStore implements Connections {
    private static final int MOST = 1_000;
    private static final String COLUMNS = "id, brand, channel, name, sealed_settings, enabled, unfinished, version,"
            + " rotating, checked_at, check_ok, check_detail, unproven";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SealedMap sealed;

    /** Connections of {@code jdbc}'s database, which {@code transaction} manages, opened with {@code box}. */
    public ConnectionStore(JdbcClient jdbc, TransactionTemplate transaction, SecretBox box) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.sealed = new SealedMap(box);
    }

    /**
     * A connection with what is known of it.
     *
     * @param unfinished settings are missing that the operator's consent is to bring; nothing uses it before
     * @param version grows with every change
     * @param rotating secrets whose old value still stands beside the new one, and since when
     * @param checkOk null before the first check
     * @param unproven the setting whose secret waits for a genuine delivery to prove it; null when none does
     */
    public record Stored(
            Connection connection,
            boolean enabled,
            boolean unfinished,
            long version,
            Map<String, Instant> rotating,
            @Nullable Instant checkedAt,
            @Nullable Boolean checkOk,
            @Nullable String checkDetail,
            @Nullable String unproven) {}

    /**
     * What a connection becomes.
     *
     * @param checkStands whether a good check of before is still worth something; a bad one never is
     */
    public record Draft(
            String name,
            Map<String, String> settings,
            boolean unfinished,
            Map<String, Instant> rotating,
            boolean checkStands) {
        /** With {@code more} settings in place of those of the same names. */
        Draft with(Map<String, String> more) {
            Map<String, String> all = new LinkedHashMap<>(settings);
            all.putAll(more);
            return new Draft(name, all, unfinished, rotating, checkStands);
        }
    }

    /** {@code stored} as it is, to be changed from there. */
    static Draft draft(Stored stored) {
        Connection connection = stored.connection();
        return new Draft(connection.name(), connection.settings(), stored.unfinished(), stored.rotating(), true);
    }

    /** {@code connection} with {@code more} settings in place of those of the same names. */
    static Connection with(Connection connection, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(connection.settings());
        all.putAll(more);
        return new Connection(connection.id(), connection.brand(), connection.channel(), connection.name(), all);
    }

    @Override
    public List<Connection> active() {
        return jdbc
                .sql("select " + COLUMNS + " from connection where enabled and not unfinished"
                        + " order by created_at, id limit " + MOST)
                .query(this::read)
                .list()
                .stream()
                .map(Stored::connection)
                .toList();
    }

    @Override
    public Optional<Connection> find(UUID id) {
        return stored(id).map(Stored::connection);
    }

    /** The connection with its state. */
    public Optional<Stored> stored(UUID id) {
        return one(id, "");
    }

    /** The brand's connections, oldest first. */
    public List<Stored> ofBrand(String brand) {
        return jdbc.sql("select " + COLUMNS + " from connection where brand = ? order by created_at, id limit " + MOST)
                .param(brand)
                .query(this::read)
                .list();
    }

    /** Creates or replaces, as finished. */
    public void save(Connection connection) {
        save(connection, false);
    }

    /** Creates or replaces; an {@code unfinished} one waits for the operator's consent. */
    public void save(Connection connection, boolean unfinished) {
        jdbc.sql("insert into connection (id, brand, channel, name, sealed_settings, unfinished)"
                        + " values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (id) do update set name = excluded.name,"
                        + " sealed_settings = excluded.sealed_settings, unfinished = excluded.unfinished,"
                        + " rotating = '{}', version = connection.version + 1, check_ok = null, check_detail = null,"
                        + " unproven = null, proven_at = null")
                .params(
                        connection.id(),
                        connection.brand(),
                        connection.channel(),
                        connection.name(),
                        sealed.seal(connection.settings()),
                        unfinished)
                .update();
    }

    /**
     * Changes a connection while nobody else can: what {@code change} sees is what its answer replaces, so neither an operator's
     * entry nor a new token is overwritten by somebody who had read before. Empty when there is none, or {@code change} wants none.
     */
    public Optional<Stored> change(UUID id, Function<Stored, Optional<Draft>> change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<Draft> draft = one(id, " for no key update").flatMap(change);
            draft.ifPresent(to -> write(id, to));
            return draft.isEmpty() ? Optional.<Stored>empty() : stored(id);
        }));
    }

    /** Notes what a check said, and gives it back without what a delivery has proven since the settings were entered. */
    public Check checked(UUID id, Check check, Instant at) {
        return jdbc.sql("update connection set checked_at = ?, check_ok = ?, check_detail = ?,"
                        + " unproven = case when proven_at is null then ? end where id = ? returning unproven")
                .params(at.atOffset(ZoneOffset.UTC), check.ok(), check.detail(), check.unproven(), id)
                .query((row, n) -> new Check(check.ok(), check.detail(), row.getString(1)))
                .optional()
                .orElse(check);
    }

    /** The connections whose secret waits for a genuine delivery, and in which setting it is. */
    Map<UUID, String> unproven() {
        Map<UUID, String> waiting = new LinkedHashMap<>();
        jdbc.sql("select id, unproven from connection where unproven is not null limit " + MOST)
                .query((row, n) -> waiting.put(row.getObject(1, UUID.class), row.getString(2)))
                .list();
        return waiting;
    }

    /** A delivery proved {@code setting}, unless that was changed since {@code connection} was read. */
    void proven(Connection connection, String setting, Instant at) {
        UUID id = connection.id();
        transaction.executeWithoutResult(status -> one(id, " for no key update")
                .filter(stored -> stored.connection().setting(setting, "").equals(connection.setting(setting, "")))
                .ifPresent(stored -> jdbc.sql("update connection set unproven = null, proven_at = ? where id = ?")
                        .params(at.atOffset(ZoneOffset.UTC), id)
                        .update()));
    }

    /** Forgets the connection and its secrets. */
    public void delete(UUID id) {
        jdbc.sql("delete from connection where id = ?").param(id).update();
    }

    private Optional<Stored> one(UUID id, String lock) {
        return jdbc.sql("select " + COLUMNS + " from connection where id = ?" + lock)
                .param(id)
                .query(this::read)
                .optional();
    }

    private void write(UUID id, Draft draft) {
        jdbc.sql("update connection set name = ?, sealed_settings = ?, unfinished = ?, rotating = ?::jsonb,"
                        + " version = version + 1, check_ok = case when ? and check_ok then true end,"
                        + " check_detail = case when ? and check_ok then check_detail end,"
                        + " unproven = case when ? then unproven end, proven_at = case when ? then proven_at end"
                        + " where id = ?")
                .params(
                        draft.name(),
                        sealed.seal(draft.settings()),
                        draft.unfinished(),
                        SealedMap.instants(draft.rotating()),
                        draft.checkStands(),
                        draft.checkStands(),
                        draft.checkStands(),
                        draft.checkStands(),
                        id)
                .update();
    }

    private Stored read(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        Connection connection = new Connection(
                id,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                sealed.open("connection " + id, row.getBytes(5)));
        OffsetDateTime at = row.getObject(10, OffsetDateTime.class);
        return new Stored(
                connection,
                row.getBoolean(6),
                row.getBoolean(7),
                row.getLong(8),
                SealedMap.instants(row.getString(9)),
                at == null ? null : at.toInstant(),
                (Boolean) row.getObject(11),
                row.getString(12),
                row.getString(13));
    }
}
