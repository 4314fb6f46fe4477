package dev.weir.hub.internal.connections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.hub.internal.security.SecretBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which shops did operators connect? All settings are sealed at rest. Thread-safe. */
public final class ConnectionStore implements Connections {
    private static final int MOST = 1_000;
    private static final String COLUMNS =
            "id, brand, channel, name, sealed_settings, enabled, checked_at, check_ok, check_detail";

    private final JdbcClient jdbc;
    private final SecretBox box;
    private final ObjectMapper json = new ObjectMapper();

    /** Connections of {@code jdbc}'s database, opened with {@code box}. */
    public ConnectionStore(JdbcClient jdbc, SecretBox box) {
        this.jdbc = jdbc;
        this.box = box;
    }

    /** A connection with what its last check said; {@code checkOk} null before the first. */
    public record Stored(
            Connection connection,
            boolean enabled,
            @Nullable Instant checkedAt,
            @Nullable Boolean checkOk,
            @Nullable String checkDetail) {}

    @Override
    public List<Connection> active() {
        return jdbc
                .sql("select " + COLUMNS + " from connection where enabled order by created_at, id limit " + MOST)
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
        return jdbc.sql("select " + COLUMNS + " from connection where id = ?")
                .param(id)
                .query(this::read)
                .optional();
    }

    /** The brand's connections, oldest first. */
    public List<Stored> ofBrand(String brand) {
        return jdbc.sql("select " + COLUMNS + " from connection where brand = ? order by created_at, id limit " + MOST)
                .param(brand)
                .query(this::read)
                .list();
    }

    /** Creates or replaces. */
    public void save(Connection connection) {
        jdbc.sql("insert into connection (id, brand, channel, name, sealed_settings) values (?, ?, ?, ?, ?)"
                        + " on conflict (id) do update set name = excluded.name,"
                        + " sealed_settings = excluded.sealed_settings, check_ok = null, check_detail = null")
                .params(connection.id(), connection.brand(), connection.channel(), connection.name(), seal(connection))
                .update();
    }

    /** Notes what a check said. */
    public void checked(UUID id, Check check, Instant at) {
        jdbc.sql("update connection set checked_at = ?, check_ok = ?, check_detail = ? where id = ?")
                .params(at.atOffset(ZoneOffset.UTC), check.ok(), check.detail(), id)
                .update();
    }

    /** Forgets the connection and its secrets. */
    public void delete(UUID id) {
        jdbc.sql("delete from connection where id = ?").param(id).update();
    }

    private byte[] seal(Connection connection) {
        try {
            return box.seal(json.writeValueAsBytes(connection.settings()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings are plain text", e);
        }
    }

    private Stored read(ResultSet row, int number) throws SQLException {
        try {
            Map<String, String> settings = json.readValue(box.open(row.getBytes(5)), new TypeReference<>() {});
            Connection connection = new Connection(
                    row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4), settings);
            java.time.@Nullable OffsetDateTime at = row.getObject(7, java.time.OffsetDateTime.class);
            return new Stored(
                    connection,
                    row.getBoolean(6),
                    at == null ? null : at.toInstant(),
                    (Boolean) row.getObject(8),
                    row.getString(9));
        } catch (IOException e) {
            throw new UncheckedIOException("Settings of connection " + row.getString(1) + " cannot be read", e);
        }
    }
}
