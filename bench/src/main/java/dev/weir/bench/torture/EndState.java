package dev.weir.bench.torture;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is there in the end? One line a fact, its name and its value, in the order of names; two passes of one script have the same text.
 * Left out: ids of ours (of rows, orders, connections: what the channel calls them stands in their place), times of ours (when it was
 * recorded, handled, told), versions and how many rows a total was moved by, and of each order which of its statements was the newest
 * that counted. An order that is called off may never have been booked, because the cancellation came first, or have been booked and
 * reversed: of both, the sums stand here, which are nothing.
 */
final class EndState {
    private static final String ORDER = "o.channel || '/' || o.external_id";

    private static final List<String> FACTS = List.of(
            // When a sale at the shop that is asked was placed is a time of the pass.
            """
            select 'order ' || %s, concat_ws(' ', o.state, o.total_minor, o.currency, o.email,
                   case when o.channel <> 'magento' then o.placed_at::text end, 'taken', o.units_taken, 'booked', o.booked,
                   'by', o.attribution_rule, 'in a show', o.show_id is not null, o.cancel_reason,
                   (select string_agg(l.quantity || ' x ' || l.sku || ' at ' || l.unit_minor, ', ' order by l.position)
                    from order_line l where l.order_id = o.id))
            from orders o""".formatted(ORDER),
            """
            select 'refund ' || %s || '/' || r.external_id,
                   concat_ws(' ', r.amount_minor, r.refunded_at, r.restocked)
            from order_refund r join orders o on o.id = r.order_id""".formatted(ORDER),
            """
            select 'shipment ' || %s || '/' || s.external_id,
                   concat_ws(' ', s.shipped_at, s.carrier, s.tracking, s.link, s.lines)
            from order_shipment s join orders o on o.id = s.order_id""".formatted(ORDER),
            """
            select 'journal ' || %s || ' ' || p.account || ' ' || coalesce(p.sku, '-'),
                   sum(p.amount_minor) || ' ' || min(p.currency) || ', ' || sum(p.units) || ' units'
            from posting p join journal_entry e on e.id = p.entry_id join orders o on o.id = e.order_id
            group by o.channel, o.external_id, p.account, p.sku, p.currency
            having sum(p.amount_minor) <> 0 or sum(p.units) <> 0""".formatted(ORDER),
            """
            select 'entries ' || %s, concat_ws(', ',
                   count(*) filter (where e.kind = 'sale') - count(*) filter (where e.kind = 'reversal') || ' sales stand',
                   count(*) filter (where e.kind = 'refund') || ' refunds')
            from orders o left join journal_entry e on e.order_id = o.id group by o.channel, o.external_id""".formatted(ORDER),
            """
            select 'account ' || p.account || ' ' || p.channel, sum(p.amount_minor) || ' ' || p.currency
            from posting p group by p.account, p.channel, p.currency having sum(p.amount_minor) <> 0""",
            """
            select 'events ' || %s || ' ' || b.type, count(*)::text
            from outbox b join orders o on b.key = o.id::text where o.state <> 'CANCELLED'
            group by o.channel, o.external_id, b.type""".formatted(ORDER),
            """
            select 'stock ' || sku, concat_ws(' ', on_hand, 'on hand', held, 'held', sold, 'sold', allocated, 'allocated')
            from stock""",
            """
            select 'moved ' || sku || ' by ' || mover,
                   concat_ws(' ', sum(on_hand), sum(held), sum(sold), sum(allocated))
            from (select m.*, coalesce(%s, split_part(m.cause, '/', 1)) as mover
                  from stock_movement m left join orders o on split_part(m.cause, '/', 2) = o.id::text) moved
            group by sku, mover
            having sum(on_hand) <> 0 or sum(held) <> 0 or sum(sold) <> 0 or sum(allocated) <> 0""".formatted(ORDER),
            """
            select 'told ' || c.channel || ' ' || p.sku, p.available::text
            from published_level p join connection c on c.id = p.connection_id""",
            """
            select 'chat ' || external_id, concat_ws(' ', channel, name, at, text) from chat_message""",
            """
            select 'delivery ' || channel || ' ' || delivery_id, concat_ws(' ', topic, state) from inbox""",
            """
            select 'parked or dead', count(*)::text from inbox where state in ('PARKED', 'DEAD')""",
            """
            select 'errands that shops refused', count(*)::text from channel_errand where state = 'REFUSED'""",
            """
            select 'sales beyond what was there', count(*)::text from orders where state = 'SHORT'""");

    private final Map<String, String> facts = new TreeMap<>();

    private EndState() {}

    static EndState of(House house) throws SQLException {
        EndState state = new EndState();
        try (Connection connection = house.database();
                Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'UTC'");
            for (String query : FACTS) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        state.note(rows.getString(1), rows.getString(2));
                    }
                }
            }
        }
        for (String channel : StandIns.CHANNELS) {
            house.standIns()
                    .platform(channel)
                    .stock()
                    .forEach((sku, units) -> state.note("shown by " + channel + " " + sku, units.toString()));
        }
        return state;
    }

    /** A fact that is there twice is two facts. */
    private void note(String name, String value) {
        String free = name;
        for (int i = 2; facts.containsKey(free); i++) {
            free = name + " (" + i + ")";
        }
        facts.put(free, value);
    }

    int size() {
        return facts.size();
    }

    /** How many facts of a kind there are. */
    long count(String kind) {
        return facts.keySet().stream()
                .filter(name -> name.startsWith(kind + " "))
                .count();
    }

    /** All of it. */
    byte[] bytes() {
        StringBuilder text = new StringBuilder();
        facts.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Facts that are otherwise in {@code other}, with both values, in the order of names. */
    List<String> differences(EndState other) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(other.facts.keySet());
        for (String name : names) {
            String here = facts.get(name);
            String there = other.facts.get(name);
            if (!Objects.equals(here, there)) {
                differences.add(name + ": calm " + said(here) + ", tortured " + said(there));
            }
        }
        return differences;
    }

    private static String said(@Nullable String value) {
        return value == null ? "is not there" : "\"" + value + "\"";
    }
}
