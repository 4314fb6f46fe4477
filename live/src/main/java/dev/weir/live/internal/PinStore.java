package dev.weir.live.internal;

import dev.weir.connectors.Sku;
import dev.weir.live.RunSheet.Pin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where are pins kept? The table {@code pin}, one statement a method. */
final class PinStore {
    private final JdbcClient jdbc;

    PinStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Pin> open(UUID showId) {
        return jdbc.sql("select * from pin where show_id = :show and until is null")
                .param("show", showId)
                .query(PinStore::pin)
                .optional();
    }

    Optional<Pin> at(UUID showId, Instant at) {
        return jdbc.sql("""
                        select * from pin where show_id = :show and since <= :at and (until is null or until > :at)
                        order by since desc limit 1""")
                .param("show", showId)
                .param("at", Sql.at(at))
                .query(PinStore::pin)
                .optional();
    }

    void insert(Pin pin) {
        jdbc.sql("""
                        insert into pin (id, show_id, sku, since, media_time_millis)
                        values (:id, :show, :sku, :since, :mediaTime)""")
                .param("id", pin.id())
                .param("show", pin.showId())
                .param("sku", pin.sku().value())
                .param("since", Sql.at(pin.since()))
                .param("mediaTime", pin.mediaTimeMillis())
                .update();
    }

    void close(UUID id, Instant until) {
        // A clock that was set back must not make a pin end before it began.
        jdbc.sql("update pin set until = greatest(since, :until) where id = :id and until is null")
                .param("id", id)
                .param("until", Sql.at(until))
                .update();
    }

    private static Pin pin(ResultSet row, int number) throws SQLException {
        return new Pin(
                row.getObject("id", UUID.class),
                row.getObject("show_id", UUID.class),
                new Sku(row.getString("sku")),
                Sql.instant(row, "since"),
                Sql.instantOrNull(row, "until"),
                row.getLong("media_time_millis"));
    }
}
