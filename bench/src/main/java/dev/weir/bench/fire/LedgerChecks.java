package dev.weir.bench.fire;

import dev.weir.bench.fire.Answer.Word;
import dev.weir.bench.fire.Event.Op;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Do the ledger's rows agree with each other, and with what the buyers were told? Each answer is what was broken. */
final class LedgerChecks {
    private static final Map<String, String> QUERIES = queries();

    private LedgerChecks() {}

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("promised twice at some moment", """
                select distinct sku from (select sku, sum(on_hand - held - sold - allocated)
                over (partition by sku order by id) as free from stock_movement where brand = ?) prefix where free < 0""");
        queries.put("fewer than none at some moment", """
                select distinct sku from (select sku, sum(on_hand) over w as on_hand, sum(held) over w as held,
                sum(sold) over w as sold, sum(allocated) over w as allocated from stock_movement where brand = ?
                window w as (partition by sku order by id)) prefix where least(on_hand, held, sold, allocated) < 0""");
        queries.put("allocated differs from what is the channels' own", """
                select s.sku, s.allocated from stock s where s.brand = ? and s.allocated <> (select
                coalesce(sum(a.units), 0) from allocation a where a.brand = s.brand and a.sku = s.sku)""");
        queries.put("counters differ from the sum of movements", """
                select s.sku from stock s left join lateral (select coalesce(sum(m.on_hand), 0) as on_hand,
                coalesce(sum(m.held), 0) as held, coalesce(sum(m.sold), 0) as sold,
                coalesce(sum(m.allocated), 0) as allocated from stock_movement m
                where m.brand = s.brand and m.sku = s.sku) m on true where s.brand = ? and
                (s.on_hand, s.held, s.sold, s.allocated) is distinct from (m.on_hand, m.held, m.sold, m.allocated)""");
        queries.put("held differs from the live holds", """
                select s.sku from stock s where s.brand = ? and s.held <> (select coalesce(sum(u.units), 0)
                from hold h, unnest(h.skus, h.units) as u (sku, units) where h.brand = s.brand
                and u.sku = s.sku and h.state in ('HELD', 'PAYING'))""");
        queries.put("ended twice", """
                select hold_id, sku from stock_movement where brand = ? and hold_id is not null and held < 0
                group by hold_id, sku having count(*) > 1""");
        queries.put("committed other units than held", """
                select h.id, u.sku from hold h cross join unnest(h.skus, h.units) as u (sku, units)
                left join stock_movement m on m.hold_id = h.id and m.sku = u.sku and m.kind = 'COMMIT'
                where h.brand = ? and coalesce(m.sold, 0) <> case when h.state = 'COMMITTED' then u.units else 0 end""");
        queries.put("committed after its end", """
                select id, expires_at, ended_at from hold where brand = ? and state = 'COMMITTED'
                and ended_at >= expires_at""");
        return queries;
    }

    static List<String> broken(
            Connection connection, String brand, List<Event> events, LedgerFacts facts, FireSettings settings)
            throws SQLException {
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            for (String row : rows(connection, query.getValue(), brand)) {
                broken.add(query.getKey() + ": " + row);
            }
        }
        toldIsTrue(events, facts, broken);
        broken.addAll(SaleChecks.broken(events, facts));
        noLongerThanAllowed(facts, settings, broken);
        return broken;
    }

    private static List<String> rows(Connection connection, String sql, String brand) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, brand);
            ResultSet result = statement.executeQuery();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(result.getString(i)).append(' ');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private static void toldIsTrue(List<Event> events, LedgerFacts facts, List<String> broken) {
        for (Event event : events) {
            if (event.is(Op.HOLD, Word.GRANTED) && !granted(event, facts)) {
                broken.add("granted otherwise than in the ledger: " + event);
            }
            if (event.op() == Op.COMMIT && event.answer().done() && !"COMMITTED".equals(state(event, facts))) {
                broken.add("committed but not in the ledger: " + event);
            }
            if (event.is(Op.RELEASE, Word.DONE)
                    && !Set.of("RELEASED", "EXPIRED").contains(state(event, facts))) {
                broken.add("released but not in the ledger: " + event);
            }
        }
        Set<String> asked = events.stream()
                .filter(event -> event.op() == Op.COMMIT)
                .map(Event::id)
                .collect(Collectors.toSet());
        facts.holds().forEach((id, fact) -> {
            if ("COMMITTED".equals(fact.state()) && !asked.contains(id)) {
                broken.add("committed though nobody asked: " + id);
            }
        });
    }

    private static boolean granted(Event event, LedgerFacts facts) {
        LedgerFacts.HoldFact fact = facts.holds().get(event.answer().detail());
        return fact != null && fact.key().equals(event.id()) && Wares.explains(event.lines(), fact.units());
    }

    private static String state(Event event, LedgerFacts facts) {
        LedgerFacts.HoldFact fact = facts.holds().get(event.id());
        return fact == null ? "UNKNOWN" : fact.state();
    }

    private static void noLongerThanAllowed(LedgerFacts facts, FireSettings settings, List<String> broken) {
        facts.holds().forEach((id, fact) -> {
            long life = fact.expiresNanos() - fact.createdNanos();
            if (life > settings.lifeMillis() * 1_000_000) {
                broken.add("lives " + life / 1_000_000 + " ms: hold " + id);
            }
        });
    }
}
