package dev.weir.hub.internal.connections;

import dev.weir.hub.internal.security.SecretBox;
import dev.weir.simulcast.TargetFit;
import dev.weir.simulcast.TargetPreset;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where does each show's stream go besides the player? Addresses hold stream keys, so they are sealed at rest. */
public final class TargetStore {
    /** Most targets of one show. */
    public static final int MOST = 20;

    private static final String SELECT =
            "select t.id, t.show_id, t.brand, t.name, t.channel, t.preset, t.fit, t.sealed_url from stream_target t";

    private final JdbcClient jdbc;
    private final SecretBox box;

    /** Targets of {@code jdbc}'s database, opened with {@code box}. */
    public TargetStore(JdbcClient jdbc, SecretBox box) {
        this.jdbc = jdbc;
        this.box = box;
    }

    /** One target; {@code url} in clear, only ever in memory. */
    public record Target(
            UUID id,
            UUID showId,
            String brand,
            String name,
            @Nullable String channel,
            TargetPreset preset,
            TargetFit fit,
            String url) {
        /** Leaves the address out. */
        @Override
        public String toString() {
            return "Target[" + id + " " + name + "]";
        }
    }

    /** Every target of shows that have not ended; oldest first. */
    public List<Target> open() {
        return jdbc.sql(SELECT
                        + " join show s on s.id = t.show_id where s.state <> 'ENDED' order by t.created_at limit 5000")
                .query(this::target)
                .list();
    }

    /** One target of the show. */
    public Optional<Target> find(UUID showId, UUID id) {
        return jdbc.sql(SELECT + " where t.show_id = ? and t.id = ?")
                .params(showId, id)
                .query(this::target)
                .optional();
    }

    private Target target(ResultSet row, int number) throws SQLException {
        return new Target(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                preset(row.getString(6)),
                TargetFit.valueOf(row.getString(7)),
                new String(box.open(row.getBytes(8)), StandardCharsets.UTF_8));
    }

    private static TargetPreset preset(@Nullable String name) {
        return name == null ? TargetPreset.CUSTOM : TargetPreset.valueOf(name);
    }

    /** Creates or replaces; IllegalArgumentException above {@link #MOST} of one show. */
    public void save(Target target) {
        Integer others = jdbc.sql("select count(*) from stream_target where show_id = ? and id <> ?")
                .params(target.showId(), target.id())
                .query(Integer.class)
                .single();
        if (others >= MOST) {
            throw new IllegalArgumentException(
                    "targets: " + (others + 1) + " (expected: at most " + MOST + " of a show)");
        }
        jdbc.sql("insert into stream_target (id, show_id, brand, name, channel, preset, fit, sealed_url)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (id) do update set name = excluded.name, channel = excluded.channel,"
                        + " preset = excluded.preset, fit = excluded.fit, sealed_url = excluded.sealed_url")
                .params(
                        target.id(),
                        target.showId(),
                        target.brand(),
                        target.name(),
                        target.channel(),
                        target.preset().name(),
                        target.fit().name(),
                        box.seal(target.url().getBytes(StandardCharsets.UTF_8)))
                .update();
    }

    /** Forgets the target; repeatable. */
    public void delete(UUID showId, UUID id) {
        jdbc.sql("delete from stream_target where show_id = ? and id = ?")
                .params(showId, id)
                .update();
    }
}
