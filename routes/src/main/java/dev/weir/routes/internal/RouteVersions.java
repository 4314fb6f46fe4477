package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.routes.RouteEdits.Decision;
import dev.weir.routes.RouteEdits.HubStanding;
import dev.weir.routes.RouteEdits.Standing;
import dev.weir.routes.RouteEdits.Verdict;
import dev.weir.routes.RouteEdits.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Which versions of the routes were written, who decided what, and what does each hub run? Rows are only added. */
final class RouteVersions {
    private static final int MOST = 100;
    private static final Duration HEARD = Duration.ofMinutes(2);
    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final String VERSION = """
            select v.*, (select d.by from route_decision d where d.route = v.route and d.version = v.version
                         and d.kind = 'APPROVED' order by d.seq limit 1) as approver
            from route_version v where v.route = :route""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Predicate<String> needsTwo;

    /** {@code needsTwo}: whether a version of that route needs a second person. */
    RouteVersions(JdbcClient jdbc, TransactionTemplate transaction, Clock clock, Predicate<String> needsTwo) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.needsTwo = needsTwo;
    }

    /** What is in force since decision {@code seq}. */
    record Wanted(long seq, int version) {}

    /** By route; those that never were changed are left out. */
    Map<String, Wanted> inForce() {
        Map<String, Wanted> wanted = new HashMap<>();
        jdbc.sql("""
                        select distinct on (route) route, seq, version from route_decision
                        where kind in ('APPLIED', 'ROLLED_BACK') order by route, seq desc""").query(row -> {
            wanted.put(row.getString("route"), new Wanted(row.getLong("seq"), row.getInt("version")));
        });
        return wanted;
    }

    int inForce(String route) {
        return jdbc.sql("""
                        select version from route_decision where route = :route and kind in ('APPLIED', 'ROLLED_BACK')
                        order by seq desc limit 1""")
                .param("route", route)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    Version find(String route, int version) {
        return jdbc.sql(VERSION + " and v.version = :version")
                .param("route", route)
                .param("version", version)
                .query(this::version)
                .optional()
                .orElseThrow(() -> new ChannelException(
                        Fault.NOT_FOUND, "version: " + version + " of route " + route + " (expected: a known one)"));
    }

    Optional<String> text(String route, int version) {
        return jdbc.sql("select yaml from route_version where route = :route and version = :version")
                .param("route", route)
                .param("version", version)
                .query(String.class)
                .optional();
    }

    int basedOn(String route, int version) {
        return jdbc.sql("select based_on from route_version where route = :route and version = :version")
                .param("route", route)
                .param("version", version)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    List<Version> list(String route) {
        return jdbc.sql(VERSION + " order by v.version desc limit " + MOST)
                .param("route", route)
                .query(this::version)
                .list();
    }

    List<Decision> decisions(String route) {
        return jdbc.sql("select kind, version, by, at from route_decision where route = :route order by seq desc limit "
                        + MOST)
                .param("route", route)
                .query((row, n) -> new Decision(
                        row.getString("kind"), row.getInt("version"), row.getString("by"), Sql.instant(row, "at")))
                .list();
    }

    /** Writes a version against {@code basedOn}; one at a time per route. */
    Version add(RouteText text, int basedOn, String author, @Nullable String note, String diff, Verdict verdict) {
        return alone(text.id(), () -> {
            int version = jdbc.sql("""
                            insert into route_version (route, version, based_on, yaml, author, note, diff, verdict, at)
                            select :route, coalesce(max(version), 0) + 1, :based, :yaml, :author, :note, :diff,
                                   cast(:verdict as jsonb), :at
                            from route_version where route = :route returning version""")
                    .param("route", text.id())
                    .param("based", basedOn)
                    .param("yaml", text.yaml())
                    .param("author", author)
                    .param("note", note)
                    .param("diff", diff)
                    .param("verdict", Json.write(verdict))
                    .param("at", Sql.at(clock.instant()))
                    .query(Integer.class)
                    .single();
            return find(text.id(), version);
        });
    }

    Version approve(String person, String route, int version) {
        return alone(route, () -> {
            Version found = find(route, version);
            if (found.author().equals(person)) {
                throw conflict(route, version, "its author cannot approve it (expected: another person)");
            }
            if (found.approver() == null) {
                decide(route, version, "APPROVED", person);
            }
            return find(route, version);
        });
    }

    /** Puts it in force; the checks and the decision are one transaction. */
    void apply(String person, String route, int version) {
        alone(route, () -> {
            Version found = find(route, version);
            int current = inForce(route);
            if (current == version) {
                return found;
            }
            if (!found.verdict().blocks().isEmpty()) {
                throw conflict(
                        route,
                        version,
                        "its rehearsal blocks it: " + found.verdict().blocks().getFirst());
            }
            if (found.basedOn() != current) {
                throw conflict(
                        route,
                        version,
                        "it was written against version " + found.basedOn() + ", and " + current
                                + " is in force (expected: propose it again)");
            }
            if (found.needsApproval() && found.approver() == null) {
                throw conflict(route, version, "it waits for approval (expected: by another person than its author)");
            }
            decide(route, version, "APPLIED", person);
            return found;
        });
    }

    void rollback(String person, String route) {
        alone(route, () -> {
            int current = inForce(route);
            if (current == 0) {
                throw conflict(route, 0, "it is the one that ships (expected: a changed one to go back from)");
            }
            decide(route, basedOn(route, current), "ROLLED_BACK", person);
            return current;
        });
    }

    private void decide(String route, int version, String kind, String by) {
        jdbc.sql("insert into route_decision (route, version, kind, by, at) values (:route, :version, :kind, :by, :at)")
                .param("route", route)
                .param("version", version)
                .param("kind", kind)
                .param("by", by)
                .param("at", Sql.at(clock.instant()))
                .update();
    }

    private <T> T alone(String route, java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('route/' || :route, 0))")
                    .param("route", route)
                    .query((row, n) -> "")
                    .single();
            return work.get();
        }));
    }

    private static ChannelException conflict(String route, int version, String why) {
        return new ChannelException(Fault.CONFLICT, "version " + version + " of route " + route + ": " + why);
    }

    /** Tells what this hub runs, and forgets hubs that were not heard of for a day. */
    void tell(String hub, List<Standing> standings) {
        Instant now = clock.instant();
        for (Standing standing : standings) {
            jdbc.sql("""
                            insert into route_standing as s (hub, route, version, refusal, at)
                            values (:hub, :route, :version, :refusal, :at)
                            on conflict (hub, route) do update
                            set version = :version, refusal = :refusal, at = :at""")
                    .param("hub", hub)
                    .param("route", standing.route())
                    .param("version", standing.running())
                    .param("refusal", standing.refusal())
                    .param("at", Sql.at(now))
                    .update();
        }
        jdbc.sql("delete from route_standing where at < :before")
                .param("before", Sql.at(now.minus(FORGOTTEN)))
                .update();
    }

    List<HubStanding> hubs(String route) {
        return jdbc.sql("select hub, version, refusal, at from route_standing where route = :route and at > :since"
                        + " order by hub limit " + MOST)
                .param("route", route)
                .param("since", Sql.at(clock.instant().minus(HEARD)))
                .query((row, n) -> new HubStanding(
                        row.getString("hub"), row.getInt("version"), row.getString("refusal"), Sql.instant(row, "at")))
                .list();
    }

    private Version version(ResultSet row, int n) throws SQLException {
        String route = row.getString("route");
        return new Version(
                route,
                row.getInt("version"),
                row.getInt("based_on"),
                row.getString("author"),
                row.getString("approver"),
                needsTwo.test(route),
                row.getString("note"),
                Sql.instant(row, "at"),
                row.getString("diff"),
                Json.read(row.getString("verdict"), Verdict.class),
                row.getString("yaml"));
    }
}
