package dev.weir.hub.internal.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who did what when? Rows are only added. Acts on routes and maps have rows of their own that stay, and are read from there. Statements
 * join the caller's transaction, so that an act and its note are there together or not at all. Thread-safe.
 */
public final class Audit {
    /** Most acts of a page. */
    public static final int MOST = 200;

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_WORDS = 500;
    /** People act some hundred times a day: what they did is sorted whole, for the sake of one order over all of it. */
    private static final String ACTS = """
            select * from (
                select at, 'audit' as source, id::text as key, act, subject, by, words from audit where brand = :brand
                union all
                select d.at, 'decision', d.seq::text, 'ROUTE_' || d.kind, d.route || '@' || d.version,
                       substr(d.by, strpos(d.by, '/') + 1),
                       coalesce('written by ' || substr(v.author, strpos(v.author, '/') + 1), 'the one that ships')
                from route_decision d left join route_version v on v.route = d.route and v.version = d.version
                where cast(:keeper as boolean)
                union all
                select at, 'version', route || '@' || version, 'ROUTE_PROPOSED', route || '@' || version,
                       substr(author, strpos(author, '/') + 1), coalesce(note, '')
                from route_version where cast(:keeper as boolean)
                union all
                select at, 'map', channel || '/' || name || '@' || version,
                       case when source is null then 'MAPPING_RESTORED' else 'MAPPING_CHANGED' end,
                       channel || '/' || name || '@' || version, author, coalesce(note, '')
                from mapping_override where brand = :brand) acts
            where (cast(:act as text) is null or act = :act)
              and (cast(:text as text) is null
                   or position(lower(:text) in lower(concat_ws(' ', act, subject, by, words))) > 0)
              and (cast(:at as timestamptz) is null
                   or (at, source, key collate "C") < (cast(:at as timestamptz), :source, :key))
            order by at desc, source desc, key collate "C" desc limit :limit""";

    private final JdbcClient jdbc;
    private final Clock clock;

    /** Acts noted in {@code jdbc}'s database. */
    public Audit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is noted of an act.
     *
     * @param subject what it was done to, as its own page names it; its first 200 characters are kept
     * @param words for people, may be empty; the first 500 characters are kept. No secrets
     */
    public record Note(Act act, String subject, String words) {}

    /** An act; {@code by} is the key's role and name, after the person's own where they gave one. */
    public record Entry(Instant at, Act act, String subject, String by, String words) {}

    /** A page and the cursor of the next, null at the end. */
    public record Page(List<Entry> items, @Nullable String next) {
        /** Copies the items. */
        public Page {
            items = List.copyOf(items);
        }
    }

    /**
     * Which acts are wanted?
     *
     * @param isKeeper whether the brand keeps the house, and so sees what was done to routes
     * @param act null for all
     * @param text what subject, words, act or who did it contain, in any case; null for all
     */
    public record Wanted(
            String brand,
            boolean isKeeper,
            @Nullable Act act,
            @Nullable String text) {}

    /** Notes an act of the brand's. */
    public void note(String brand, String by, Note note) {
        jdbc.sql("insert into audit (brand, act, subject, by, words, at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        brand,
                        note.act().name(),
                        cut(note.subject(), LONGEST_SUBJECT),
                        by,
                        cut(note.words(), LONGEST_WORDS),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Newest first; {@code after} is {@link Page#next} of the page before, limit 1..{@value #MOST}. */
    public Page list(Wanted wanted, @Nullable String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        Place place = after == null ? Place.NEWEST : Place.parse(after);
        List<Row> rows = jdbc.sql(ACTS)
                .param("brand", wanted.brand())
                .param("keeper", wanted.isKeeper())
                .param("act", wanted.act() == null ? null : wanted.act().name())
                .param("text", wanted.text())
                .param("at", place.at() == null ? null : place.at().atOffset(ZoneOffset.UTC))
                .param("source", place.source())
                .param("key", place.key())
                .param("limit", limit + 1)
                .query(Audit::row)
                .list();
        List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
        return new Page(
                shown.stream().map(Row::entry).toList(),
                rows.size() > limit ? shown.getLast().place().toString() : null);
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
        return new Row(
                new Entry(
                        at,
                        Act.valueOf(row.getString("act")),
                        row.getString("subject"),
                        row.getString("by"),
                        row.getString("words")),
                new Place(at, row.getString("source"), row.getString("key")));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private record Row(Entry entry, Place place) {}

    /** Where a page ended: acts of several tables can have the same time. */
    private record Place(@Nullable Instant at, String source, String key) {
        static final Place NEWEST = new Place(null, "", "");

        static Place parse(String cursor) {
            String[] parts = cursor.split("~", 3);
            if (parts.length == 3 && cursor.indexOf('\0') < 0) {
                try {
                    return new Place(Instant.parse(parts[0]), parts[1], parts[2]);
                } catch (DateTimeParseException e) {
                    throw refused(cursor, e);
                }
            }
            throw refused(cursor, null);
        }

        private static IllegalArgumentException refused(String cursor, @Nullable Throwable cause) {
            return new IllegalArgumentException(
                    "after: " + cut(cursor, 60) + " (expected: nextCursor of a page)", cause);
        }

        @Override
        public String toString() {
            return at + "~" + source + "~" + key;
        }
    }
}
