package dev.weir.routes.internal;

import dev.weir.live.SecretSeal;
import dev.weir.routes.WebhookEndpoints.Endpoint;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which endpoints are there, and with which secrets? The table {@code hook_endpoint}. */
final class HookRows {
    private static final String SELECT = """
            select h.*,
              (select count(*) from hook_delivery d where d.endpoint_id = h.id and d.state = 'DUE') as due,
              (select count(*) from hook_delivery d where d.endpoint_id = h.id and d.state = 'FAILED') as failed
            from hook_endpoint h where h.brand = :brand""";

    private final JdbcClient jdbc;
    private final SecretSeal seal;
    private final Clock clock;

    HookRows(JdbcClient jdbc, SecretSeal seal, Clock clock) {
        this.jdbc = jdbc;
        this.seal = seal;
        this.clock = clock;
    }

    /** Where to, and signed with what: the newest secret first. */
    record Target(UUID id, String url, List<String> secrets) {}

    List<Endpoint> list(String brand) {
        return jdbc.sql(SELECT + " order by h.created_at, h.id")
                .param("brand", brand)
                .query(this::endpoint)
                .list();
    }

    Optional<Endpoint> find(String brand, UUID id) {
        return jdbc.sql(SELECT + " and h.id = :id")
                .param("brand", brand)
                .param("id", id)
                .query(this::endpoint)
                .optional();
    }

    Optional<UUID> ofKey(String brand, String key) {
        return jdbc.sql("select id from hook_endpoint where brand = :brand and request_key = :key")
                .param("brand", brand)
                .param("key", key)
                .query(UUID.class)
                .optional();
    }

    /** False when the key was used before. */
    boolean insert(
            UUID id, String brand, @Nullable String key, String name, String url, List<String> types, String secret) {
        return jdbc.sql("""
                                insert into hook_endpoint (id, brand, request_key, name, url, types, secret, created_at)
                                values (:id, :brand, :key, :name, :url, :types, :secret, :now)
                                on conflict (brand, request_key) do nothing""")
                        .param("id", id)
                        .param("brand", brand)
                        .param("key", key)
                        .param("name", name)
                        .param("url", url)
                        .param("types", types.toArray(String[]::new))
                        .param("secret", sealed(secret))
                        .param("now", Sql.at(clock.instant()))
                        .update()
                > 0;
    }

    void edit(UUID id, @Nullable String name, @Nullable String url, @Nullable List<String> types) {
        jdbc.sql("""
                        update hook_endpoint set name = coalesce(:name, name), url = coalesce(:url, url),
                          types = coalesce(cast(:types as text[]), types) where id = :id""")
                .param("name", name)
                .param("url", url)
                .param("types", types == null ? null : types.toArray(String[]::new))
                .param("id", id)
                .update();
    }

    void switchOn(UUID id) {
        jdbc.sql("""
                        update hook_endpoint set is_on = true, off_at = null, needs_you = null, failing_since = null
                        where id = :id and not is_on""").param("id", id).update();
    }

    /** {@code needsYou} null when the operator did it; what was switched off before stays as it was. */
    void switchOff(UUID id, @Nullable String needsYou) {
        jdbc.sql("""
                        update hook_endpoint set is_on = false, off_at = :now, needs_you = :why
                        where id = :id and is_on""")
                .param("now", Sql.at(clock.instant()))
                .param("why", needsYou)
                .param("id", id)
                .update();
    }

    boolean remove(String brand, UUID id) {
        return jdbc.sql("delete from hook_endpoint where brand = :brand and id = :id")
                        .param("brand", brand)
                        .param("id", id)
                        .update()
                > 0;
    }

    boolean rotate(String brand, UUID id, String secret, Instant until) {
        return jdbc.sql("""
                                update hook_endpoint set old_secret = secret, old_secret_until = :until, secret = :secret
                                where brand = :brand and id = :id""")
                        .param("until", Sql.at(until))
                        .param("secret", sealed(secret))
                        .param("brand", brand)
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Empty when it is gone, or off and {@code onlyOn}. */
    Optional<Target> target(UUID id, boolean onlyOn) {
        return jdbc.sql("select * from hook_endpoint where id = :id and (is_on or not :only)")
                .param("id", id)
                .param("only", onlyOn)
                .query((row, n) -> new Target(id, row.getString("url"), secrets(row)))
                .optional();
    }

    /** Notes that something failed; since when nothing got through. Empty when the endpoint is gone. */
    Optional<Instant> failing(UUID id) {
        return jdbc.sql("""
                        update hook_endpoint set failing_since = coalesce(failing_since, :now) where id = :id
                        returning failing_since""")
                .param("now", Sql.at(clock.instant()))
                .param("id", id)
                .query((row, n) -> Sql.instant(row, "failing_since"))
                .optional();
    }

    void gotThrough(UUID id) {
        jdbc.sql("update hook_endpoint set failing_since = null where id = :id and failing_since is not null")
                .param("id", id)
                .update();
    }

    private List<String> secrets(ResultSet row) throws SQLException {
        List<String> secrets = new ArrayList<>();
        secrets.add(opened(row.getBytes("secret")));
        Instant until = Sql.instantOrNull(row, "old_secret_until");
        if (until != null && until.isAfter(clock.instant())) {
            secrets.add(opened(row.getBytes("old_secret")));
        }
        return List.copyOf(secrets);
    }

    private String opened(byte[] sealed) {
        return new String(seal.open(sealed), StandardCharsets.UTF_8);
    }

    private byte[] sealed(String secret) {
        return seal.seal(secret.getBytes(StandardCharsets.UTF_8));
    }

    private Endpoint endpoint(ResultSet row, int n) throws SQLException {
        Instant until = Sql.instantOrNull(row, "old_secret_until");
        return new Endpoint(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("url"),
                List.of((String[]) row.getArray("types").getArray()),
                row.getBoolean("is_on"),
                Sql.instantOrNull(row, "off_at"),
                row.getString("needs_you"),
                Sql.instantOrNull(row, "failing_since"),
                until != null && until.isAfter(clock.instant()) ? until : null,
                Sql.instant(row, "created_at"),
                row.getLong("due"),
                row.getLong("failed"));
    }
}
