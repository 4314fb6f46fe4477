package dev.weir.live.internal;

import dev.weir.connectors.Sku;
import dev.weir.live.MediaClock;
import dev.weir.live.RunSheet.Pin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    /** What was pinned at any time from {@code from} to {@code to}; at most 50 products. */
    Set<Sku> between(UUID showId, Instant from, Instant to) {
        return jdbc.sql("""
                        select distinct sku from pin
                        where show_id = :show and since <= :to and (until is null or until > :from) limit 50""")
                .param("show", showId)
                .param("from", Sql.at(from))
                .param("to", Sql.at(to))
                .query((row, n) -> new Sku(row.getString("sku")))
                .set();
    }

    List<Pin> all(UUID showId) {
        return jdbc.sql("select * from pin where show_id = :show order by since limit 1000")
                .param("show", showId)
                .query(PinStore::pin)
                .list();
    }

    void insert(Pin pin) {
        MediaClock.Position from = pin.from();
        jdbc.sql("""
                        insert into pin (id, show_id, sku, since, media_time_millis, stream_epoch, stream_from_millis)
                        values (:id, :show, :sku, :since, :mediaTime, :epoch, :from)""")
                .param("id", pin.id())
                .param("show", pin.showId())
                .param("sku", pin.sku().value())
                .param("since", Sql.at(pin.since()))
                .param("mediaTime", pin.mediaTimeMillis())
                .param("epoch", from == null ? null : from.epoch(), Types.INTEGER)
                .param("from", from == null ? null : from.millis(), Types.BIGINT)
                .update();
    }

    /** {@code to} counts only within the recording that the pin began in. */
    void close(UUID id, Instant until, MediaClock.@Nullable Position to) {
        // A clock that was set back must not make a pin end before it began.
        jdbc.sql("""
                        update pin set until = greatest(since, :until),
                            stream_until_millis = case when stream_epoch = :epoch
                                then greatest(stream_from_millis, :to) end
                        where id = :id and until is null""")
                .param("epoch", to == null ? null : to.epoch(), Types.INTEGER)
                .param("to", to == null ? null : to.millis(), Types.BIGINT)
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
                row.getLong("media_time_millis"),
                position(row, "stream_from_millis"),
                position(row, "stream_until_millis"));
    }

    private static MediaClock.@Nullable Position position(ResultSet row, String column) throws SQLException {
        Long millis = row.getObject(column, Long.class);
        Integer epoch = row.getObject("stream_epoch", Integer.class);
        return millis == null || epoch == null ? null : new MediaClock.Position(epoch, millis);
    }
}
