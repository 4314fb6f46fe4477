package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Shortfall;
import dev.weir.reservation.Shortfalls;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** How are cases of shortfall kept? Deciding one is a predicate on its row, so of two decisions one stands. */
final class ShortfallRows {
    private static final String OPEN = "insert into shortfall (brand, cause, channel, state, remedies, opened_at)"
            + " values (?, ?, ?, 'OPEN', ?, ?) on conflict do nothing";
    private static final String LINE =
            "insert into shortfall_line (brand, cause, sku, asked, available) values (?, ?, ?, ?, ?)";
    private static final String RESOLVE = "update shortfall set state = ?, remedy = ?, remedy_by = ?, note = ?,"
            + " resolved_at = ? where brand = ? and state = 'OPEN' and cause = ?";
    private static final String REFUSED =
            "update shortfall set state = 'OPEN', remedy = null, remedy_by = null, note = null, resolved_at = null,"
                    + " refusal = ?, remedies = array_remove(remedies, 'CANCEL_ON_CHANNEL')"
                    + " where brand = ? and cause = ? and state = 'CANCELLING'";
    private static final String SETTLE = "update shortfall set state = 'RESOLVED', remedy = coalesce(remedy, ?),"
            + " remedy_by = coalesce(remedy_by, 'hub'), note = coalesce(note, ?),"
            + " resolved_at = coalesce(resolved_at, ?), done_at = ? where brand = ? and done_at is null"
            + " and (cause = ? or starts_with(cause, ?))";
    private static final String READY = "select brand, cause from shortfall f where state = 'RESOLVED'"
            + " and done_at is null and remedy <> 'CANCEL_ON_CHANNEL' and not exists (select 1 from shortfall_line l"
            + " left join stock s on s.brand = l.brand and s.sku = l.sku"
            + " left join allocation a on a.brand = l.brand and a.sku = l.sku and a.channel = f.channel"
            + " where l.brand = f.brand and l.cause = f.cause"
            + " and coalesce(s.on_hand - s.held - s.sold - s.allocated, 0) + coalesce(a.units, 0) < l.asked)"
            + " order by resolved_at, cause limit ?";
    private static final String SELECT = "select brand, cause, channel, remedies, opened_at, remedy, remedy_by, note,"
            + " resolved_at, state, refusal from shortfall where brand = ? and ";
    private static final String LINES = "select cause, sku, asked, available from shortfall_line"
            + " where brand = ? and cause = any(?) order by cause, sku";

    private final JdbcTemplate jdbc;

    ShortfallRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void open(
            String brand,
            String channel,
            String cause,
            List<Shortfall.Line> lines,
            List<Shortfall.Option> remedies,
            Instant now) {
        String[] texts = remedies.stream().map(ShortfallRows::text).toArray(String[]::new);
        if (jdbc.update(OPEN, brand, cause, channel, texts, Sql.at(now)) == 1) {
            jdbc.batchUpdate(
                    LINE,
                    lines.stream()
                            .map(line ->
                                    new Object[] {brand, cause, line.sku().value(), line.asked(), line.available()})
                            .toList());
        }
    }

    boolean resolve(String brand, String cause, Shortfall.Option chosen, String by, String note, Instant now) {
        Shortfall.State state = chosen.remedy() == Shortfall.Remedy.CANCEL_ON_CHANNEL
                ? Shortfall.State.CANCELLING
                : Shortfall.State.RESOLVED;
        return jdbc.update(RESOLVE, state.name(), text(chosen), by, note, Sql.at(now), brand, cause) == 1;
    }

    boolean refused(String brand, String cause, String reason) {
        return jdbc.update(REFUSED, reason, brand, cause) == 1;
    }

    void settle(String brand, String cause, String note, Instant now) {
        jdbc.update(SETTLE, Shortfall.Remedy.SETTLED.name(), note, Sql.at(now), Sql.at(now), brand, cause, cause + "/");
    }

    List<Shortfalls.Waiting> ready(int limit) {
        return jdbc.query(
                READY, (rs, n) -> new Shortfalls.Waiting(rs.getString("brand"), rs.getString("cause")), limit);
    }

    Optional<Shortfall> find(String brand, String cause) {
        return read(brand, "cause = ?", cause).stream().findFirst();
    }

    List<Shortfall> list(String brand, boolean open, int limit) {
        return open
                ? read(brand, "state <> 'RESOLVED' order by opened_at, cause limit ?", limit)
                : read(brand, "state = 'RESOLVED' order by resolved_at desc, cause limit ?", limit);
    }

    private List<Shortfall> read(String brand, String condition, Object parameter) {
        List<Shortfall> bare = jdbc.query(SELECT + condition, ShortfallRows::row, brand, parameter);
        Map<String, List<Shortfall.Line>> lines = new HashMap<>();
        if (!bare.isEmpty()) {
            jdbc.query(
                    LINES,
                    rs -> {
                        lines.computeIfAbsent(rs.getString("cause"), _ -> new ArrayList<>())
                                .add(new Shortfall.Line(
                                        new Sku(rs.getString("sku")), rs.getInt("asked"), rs.getInt("available")));
                    },
                    brand,
                    bare.stream().map(Shortfall::cause).toArray(String[]::new));
        }
        return bare.stream()
                .map(one -> new Shortfall(
                        one.brand(),
                        one.cause(),
                        one.channel(),
                        one.openedAt(),
                        lines.getOrDefault(one.cause(), List.of()),
                        one.remedies(),
                        one.resolution(),
                        one.state(),
                        one.refusal()))
                .toList();
    }

    private static Shortfall row(ResultSet rs, int n) throws SQLException {
        List<Shortfall.Option> remedies = Arrays.stream(
                        (String[]) rs.getArray("remedies").getArray())
                .map(ShortfallRows::option)
                .toList();
        return new Shortfall(
                rs.getString("brand"),
                rs.getString("cause"),
                rs.getString("channel"),
                Sql.instant(rs, "opened_at"),
                List.of(),
                remedies,
                resolution(rs),
                Shortfall.State.valueOf(rs.getString("state")),
                rs.getString("refusal"));
    }

    private static Shortfall.@Nullable Resolution resolution(ResultSet rs) throws SQLException {
        String remedy = rs.getString("remedy");
        return remedy == null
                ? null
                : new Shortfall.Resolution(
                        option(remedy),
                        rs.getString("remedy_by"),
                        rs.getString("note"),
                        Sql.instant(rs, "resolved_at"));
    }

    private static String text(Shortfall.Option option) {
        return option.from() == null ? option.remedy().name() : option.remedy() + "/" + option.from();
    }

    private static Shortfall.Option option(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new Shortfall.Option(Shortfall.Remedy.valueOf(text), null)
                : new Shortfall.Option(Shortfall.Remedy.valueOf(text.substring(0, slash)), text.substring(slash + 1));
    }
}
