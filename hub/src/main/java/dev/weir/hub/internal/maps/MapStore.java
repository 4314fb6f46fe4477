package dev.weir.hub.internal.maps;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.mapping.BrandMaps;
import dev.weir.connectors.mapping.MapName;
import dev.weir.connectors.mapping.MapText;
import dev.weir.connectors.mapping.Mappings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which maps and tables has each brand of its own, and which had it before? Those in force are kept in memory and looked
 * after whenever they are asked for and older than 2 s, so a change is in force on every hub by then. Thread-safe.
 */
public final class MapStore implements BrandMaps {
    private static final Logger LOG = LoggerFactory.getLogger(MapStore.class);
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** Maps and tables of one brand, and versions that are told of each. */
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile @Nullable Known known;

    /** Maps kept in {@code jdbc}'s database. */
    public MapStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One version of a brand's map.
     *
     * @param source null where it gave way to the default
     */
    public record Version(
            int version,
            @Nullable String source,
            String author,
            @Nullable String note,
            Instant at) {}

    /** @param lookedAt by {@link System#nanoTime} */
    private record Known(long lookedAt, long rows, Map<String, MapText> inForce) {}

    @Override
    public Optional<MapText> find(String brand, MapName name) {
        return Optional.ofNullable(fresh().inForce().get(key(brand, name)));
    }

    /** The brand's versions of {@code name}, newest first, {@value #MOST} at most. */
    public List<Version> versions(String brand, MapName name) {
        return jdbc.sql("select version, source, author, note, at from mapping_override"
                        + " where brand = ? and channel = ? and name = ? order by version desc limit " + MOST)
                .params(brand, name.channel(), name.name())
                .query(MapStore::version)
                .list();
    }

    /** One of those versions, however old. */
    public Optional<Version> version(String brand, MapName name, int version) {
        return jdbc.sql("select version, source, author, note, at from mapping_override"
                        + " where brand = ? and channel = ? and name = ? and version = ?")
                .params(brand, name.channel(), name.name(), version)
                .query(MapStore::version)
                .optional();
    }

    /** What the brand has of its own, or had once. */
    public List<MapName> names(String brand) {
        return jdbc.sql(
                        "select distinct channel, name from mapping_override where brand = ? order by channel, name limit "
                                + MOST)
                .param(brand)
                .query((row, n) -> new MapName(row.getString(1), row.getString(2)))
                .list();
    }

    /**
     * Adds a version, which is in force from now on; {@code source} null is the default again. A text that is broken is
     * refused ({@link Mappings#check}) and changes nothing; so is one whose {@code basedOn} is no longer the newest.
     *
     * @param basedOn the version that the author saw, 0 for none; null when that does not matter
     * @return the new version's number
     */
    public int save(
            String brand,
            MapName name,
            @Nullable String source,
            String author,
            @Nullable String note,
            @Nullable Integer basedOn) {
        if (source != null) {
            Mappings.check(name, source);
        }
        int newest = newest(brand, name);
        if (basedOn != null && basedOn != newest) {
            throw changed(name, basedOn, newest, null);
        }
        if (newest == 0 && names(brand).size() >= MOST) {
            throw new IllegalArgumentException("name: " + name + " (expected: at most " + MOST + " maps of a brand)");
        }
        try {
            jdbc.sql("insert into mapping_override (brand, channel, name, version, source, author, note, at)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .param(brand)
                    .param(name.channel())
                    .param(name.name())
                    .param(newest + 1)
                    .param(source)
                    .param(author)
                    .param(note)
                    .param(clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException e) {
            throw changed(name, newest, newest + 1, e);
        }
        known = load();
        return newest + 1;
    }

    private int newest(String brand, MapName name) {
        return jdbc.sql("select coalesce(max(version), 0) from mapping_override"
                        + " where brand = ? and channel = ? and name = ?")
                .params(brand, name.channel(), name.name())
                .query(Integer.class)
                .single();
    }

    private static ChannelException changed(MapName name, int expected, int newest, @Nullable Throwable cause) {
        return new ChannelException(
                Fault.CONFLICT,
                name + ": version " + newest + " is there meanwhile (expected: " + expected + ")",
                null,
                cause);
    }

    private Known fresh() {
        Known last = known;
        if (last != null && young(last)) {
            return last;
        }
        synchronized (this) {
            Known before = known;
            if (before != null && young(before)) {
                return before;
            }
            Known next = lookAgain(before);
            known = next;
            return next;
        }
    }

    private static boolean young(Known last) {
        return System.nanoTime() - last.lookedAt() < FRESH.toNanos();
    }

    /** While the database is away the last that was known holds; a hub that knows nothing yet does not guess. */
    private Known lookAgain(@Nullable Known last) {
        try {
            return last != null && rows() == last.rows()
                    ? new Known(System.nanoTime(), last.rows(), last.inForce())
                    : load();
        } catch (DataAccessException e) {
            if (last == null) {
                throw new ChannelException(Fault.TRANSIENT, "brands' own mappings cannot be read yet", null, e);
            }
            LOG.warn("Brands' own mappings cannot be read, the last known stay in force: {}", e.getMessage());
            return new Known(System.nanoTime(), last.rows(), last.inForce());
        }
    }

    /** Rows are only added, so their number tells of every change. It is read first: what comes between is seen again. */
    private Known load() {
        long lookedAt = System.nanoTime();
        long rows = rows();
        Map<String, MapText> inForce = new HashMap<>();
        jdbc.sql("select distinct on (brand, channel, name) brand, channel, name, version, source from mapping_override"
                        + " order by brand, channel, name, version desc")
                .query(row -> {
                    String source = row.getString(5);
                    if (source != null) {
                        inForce.put(
                                key(row.getString(1), new MapName(row.getString(2), row.getString(3))),
                                new MapText(MapText.Origin.BRAND, String.valueOf(row.getInt(4)), source));
                    }
                });
        return new Known(lookedAt, rows, Map.copyOf(inForce));
    }

    private long rows() {
        return jdbc.sql("select count(*) from mapping_override")
                .query(Long.class)
                .single();
    }

    private static String key(String brand, MapName name) {
        return brand + " " + name;
    }

    private static Version version(ResultSet row, int number) throws SQLException {
        return new Version(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }
}
