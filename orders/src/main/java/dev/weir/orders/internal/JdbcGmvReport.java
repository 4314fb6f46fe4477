package dev.weir.orders.internal;

import dev.weir.connectors.Money;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.orders.GmvReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Figures straight from the journal; nothing is kept beside it that could differ from it. */
final class JdbcGmvReport implements GmvReport {
    private static final int MAX_ROWS = 10_000;
    private static final int MAX_DAYS = 400;

    /** An order counts from its sale on, and no longer once it was called off. */
    private static final String FIGURES = """
            count(distinct e.order_id) filter (where e.kind = 'sale')
              - count(distinct e.order_id) filter (where e.kind = 'reversal') as orders,
            coalesce(sum(p.units) filter (where p.account = 'sales'), 0) as units,
            coalesce(-sum(p.amount_minor) filter (where p.account = 'sales'), 0) as gross,
            coalesce(sum(p.amount_minor) filter (where p.account = 'refunds'), 0) as refunds
            """;

    private static final String JOURNAL =
            "from posting p join journal_entry e on e.id = p.entry_id where p.account in ('sales', 'refunds') ";

    private static final String PERIOD =
            "and e.brand = :brand and e.at >= :from and e.at < :to and p.currency = :currency";

    private final JdbcClient jdbc;
    private final Shows shows;

    JdbcGmvReport(JdbcClient jdbc, Shows shows) {
        this.jdbc = jdbc;
        this.shows = shows;
    }

    @Override
    public Result run(Query query) {
        check(query);
        Totals totals = period(jdbc.sql("select " + FIGURES + JOURNAL + PERIOD), query)
                .query((row, n) -> totals(row, query.currency()))
                .single();
        List<Dimension> by = query.by().stream().sorted().toList();
        return new Result(by.isEmpty() ? List.of(new Row(Map.of(), totals)) : rows(query, by), totals);
    }

    @Override
    public Totals ofShow(UUID showId, Currency currency) {
        return jdbc.sql("select " + FIGURES + JOURNAL + "and p.show_id = :show and p.currency = :currency")
                .param("show", showId)
                .param("currency", currency.getCurrencyCode())
                .query((row, n) -> totals(row, currency))
                .single();
    }

    @Override
    public Map<String, Long> imbalance() {
        return jdbc.sql("""
                        select currency, sum(abs(total))::bigint as off from (
                          select currency, sum(amount_minor) as total from posting group by entry_id, currency) entries
                        group by currency having sum(abs(total)) <> 0""").query((row, n) -> Map.entry(row.getString("currency"), row.getLong("off"))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Currencies in which the show sold. */
    List<Currency> currenciesOf(UUID showId) {
        return jdbc.sql("select distinct currency from posting where show_id = :show order by currency")
                .param("show", showId)
                .query((row, n) -> Currency.getInstance(row.getString(1)))
                .list();
    }

    private List<Row> rows(Query query, List<Dimension> by) {
        String keys = by.stream().map(JdbcGmvReport::column).collect(Collectors.joining(", "));
        String groups = by.stream().map(JdbcGmvReport::key).collect(Collectors.joining(", "));
        String sql = "select " + keys + ", " + FIGURES + JOURNAL + PERIOD + " group by " + groups + " order by "
                + groups + " limit " + MAX_ROWS;
        Map<String, String> titles = new HashMap<>();
        StatementSpec spec = period(jdbc.sql(sql), query);
        return (by.contains(Dimension.DAY) ? spec.param("zone", query.zone().getId()) : spec)
                .query((row, n) -> new Row(keys(row, by, titles), totals(row, query.currency())))
                .list();
    }

    private Map<String, String> keys(ResultSet row, List<Dimension> by, Map<String, String> titles)
            throws SQLException {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Dimension dimension : by) {
            String value = row.getString(key(dimension));
            keys.put(name(dimension), value == null ? "" : value);
            if (dimension == Dimension.SHOW && value != null) {
                keys.put("showTitle", titles.computeIfAbsent(value, this::title));
            }
        }
        return keys;
    }

    private String title(String showId) {
        return shows.find(showId).map(Show::title).orElse("");
    }

    private static StatementSpec period(StatementSpec spec, Query query) {
        return spec.param("brand", query.brand())
                .param("from", Sql.at(query.from()))
                .param("to", Sql.at(query.to()))
                .param("currency", query.currency().getCurrencyCode());
    }

    private static String column(Dimension dimension) {
        return switch (dimension) {
                    case CHANNEL -> "p.channel";
                    case SHOW -> "p.show_id";
                    case HOST -> "p.host";
                    case SKU -> "p.sku";
                    case DAY -> "cast(e.at at time zone :zone as date)";
                }
                + " as " + key(dimension);
    }

    private static String key(Dimension dimension) {
        return "key_" + name(dimension);
    }

    private static String name(Dimension dimension) {
        return dimension.name().toLowerCase(Locale.ROOT);
    }

    private static Totals totals(ResultSet row, Currency currency) throws SQLException {
        Money gross = new Money(row.getLong("gross"), currency);
        Money refunds = new Money(row.getLong("refunds"), currency);
        return new Totals(row.getLong("orders"), row.getLong("units"), gross, refunds, gross.minus(refunds));
    }

    private static void check(Query query) {
        Duration period = Duration.between(query.from(), query.to());
        if (period.compareTo(Duration.ZERO) <= 0 || period.compareTo(Duration.ofDays(MAX_DAYS)) > 0) {
            throw new IllegalArgumentException("to: " + query.to() + " (expected: after from " + query.from()
                    + ", at most " + MAX_DAYS + " days)");
        }
    }
}
