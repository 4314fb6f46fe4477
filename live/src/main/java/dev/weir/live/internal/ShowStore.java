package dev.weir.live.internal;

import dev.weir.live.Show;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where are shows kept? The table {@code show}, one statement a method. */
public final class ShowStore {
    private final JdbcClient jdbc;

    /** Reads and writes through {@code jdbc}. */
    public ShowStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the slug is taken. */
    boolean insert(Show show, StreamKeys.Minted key, Instant now) {
        return jdbc.sql("""
                        insert into show (id, brand, slug, title, host, state, starts_at, stream_key_sealed,
                          stream_key_hash, created_at)
                        values (:id, :brand, :slug, :title, :host, 'PLANNED', :startsAt, :sealed, :hash, :now)
                        on conflict (slug) do nothing""")
                        .param("id", show.id())
                        .param("brand", show.brand())
                        .param("slug", show.slug())
                        .param("title", show.title())
                        .param("host", show.host())
                        .param("startsAt", Sql.orNull(show.startsAt()))
                        .param("sealed", key.sealed())
                        .param("hash", key.hash())
                        .param("now", Sql.at(now))
                        .update()
                == 1;
    }

    Optional<Show> find(UUID id) {
        return jdbc.sql("select * from show where id = :id")
                .param("id", id)
                .query(ShowStore::show)
                .optional();
    }

    Optional<Show> findBySlug(String slug) {
        return jdbc.sql("select * from show where slug = :slug")
                .param("slug", slug)
                .query(ShowStore::show)
                .optional();
    }

    /** The show, with its row locked until the transaction ends; IllegalArgumentException when there is none. */
    Show lock(UUID id) {
        return jdbc.sql("select * from show where id = :id for update")
                .param("id", id)
                .query(ShowStore::show)
                .optional()
                .orElseThrow(() -> unknown(id));
    }

    static IllegalArgumentException unknown(UUID id) {
        return new IllegalArgumentException("show: " + id + " (expected: the id of a known show)");
    }

    List<Show> list(@Nullable String brand, int limit) {
        String where = brand == null ? "" : "where brand = :brand ";
        JdbcClient.StatementSpec query = jdbc.sql(
                        "select * from show " + where + "order by created_at desc, id desc limit :limit")
                .param("limit", limit);
        return (brand == null ? query : query.param("brand", brand))
                .query(ShowStore::show)
                .list();
    }

    void update(Show show) {
        jdbc.sql("""
                        update show set title = :title, host = :host, state = :state, starts_at = :startsAt,
                          started_at = :startedAt, ended_at = :endedAt where id = :id""")
                .param("id", show.id())
                .param("title", show.title())
                .param("host", show.host())
                .param("state", show.state().name())
                .param("startsAt", Sql.orNull(show.startsAt()))
                .param("startedAt", Sql.orNull(show.startedAt()))
                .param("endedAt", Sql.orNull(show.endedAt()))
                .update();
    }

    Optional<Show> liveAt(String brand, Instant at) {
        return jdbc.sql("""
                        select * from show where brand = :brand and started_at <= :at
                          and (ended_at is null or ended_at > :at)
                        order by started_at desc, id desc limit 1""")
                .param("brand", brand)
                .param("at", Sql.at(at))
                .query(ShowStore::show)
                .optional();
    }

    /** The sealed stream key, or empty when none was minted. */
    Optional<byte[]> sealedKey(UUID id) {
        return jdbc.sql("select stream_key_sealed from show where id = :id and stream_key_sealed is not null")
                .param("id", id)
                .query((row, n) -> row.getBytes(1))
                .optional();
    }

    void setKey(UUID id, StreamKeys.Minted key) {
        jdbc.sql("update show set stream_key_sealed = :sealed, stream_key_hash = :hash where id = :id")
                .param("id", id)
                .param("sealed", key.sealed())
                .param("hash", key.hash())
                .update();
    }

    /** A show and the hash of its key. */
    record Keyed(Show show, byte[] hash) {}

    Optional<Keyed> byKeyHash(byte[] hash) {
        return jdbc.sql("select * from show where stream_key_hash = :hash and state <> 'ENDED'")
                .param("hash", hash)
                .query((row, n) -> new Keyed(show(row, n), row.getBytes("stream_key_hash")))
                .optional();
    }

    static Show show(ResultSet row, int number) throws SQLException {
        return new Show(
                row.getObject("id", UUID.class),
                row.getString("brand"),
                row.getString("slug"),
                row.getString("title"),
                row.getString("host"),
                Show.State.valueOf(row.getString("state")),
                Sql.instantOrNull(row, "starts_at"),
                Sql.instantOrNull(row, "started_at"),
                Sql.instantOrNull(row, "ended_at"));
    }
}
