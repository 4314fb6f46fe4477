package dev.weir.routes.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is to be delivered to which endpoint? Added by the outbox's relay in the transaction that marks the event sent: an event is
 * marked and queued, or neither. A level takes the place of older ones of its subject that nobody has in hand.
 */
final class HookQueue {
    private final JdbcClient jdbc;
    private final Clock clock;

    HookQueue(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Target(UUID id, String brand, List<String> types, boolean isOn) {
        boolean wants(PublicEvent event) {
            return event.brand().equals(brand) && HookTypes.matches(types, event.type());
        }
    }

    /** Queues those of {@code rows} that were {@code sent} and that some endpoint asks for. */
    void add(List<OutboxRow.Outgoing> rows, Collection<Long> sent) {
        List<PublicEvent> told = told(rows, new HashSet<>(sent));
        List<Target> targets = told.isEmpty() ? List.of() : targets();
        List<PublicEvent> wanted = newest(told.stream()
                .filter(event -> targets.stream().anyMatch(target -> target.wants(event)))
                .toList());
        if (!wanted.isEmpty()) {
            keep(wanted);
            replace(wanted.stream().filter(PublicEvent::isLevel).toList());
            deliver(wanted, targets);
        }
    }

    private static List<PublicEvent> told(List<OutboxRow.Outgoing> rows, Set<Long> sent) {
        List<PublicEvent> told = new ArrayList<>();
        for (OutboxRow.Outgoing row : rows) {
            PublicEvent event = row.told();
            if (event != null && sent.contains(row.row().id())) {
                told.add(event);
            }
        }
        return told;
    }

    private List<Target> targets() {
        return jdbc.sql("select id, brand, types, is_on from hook_endpoint")
                .query((row, n) -> new Target(
                        row.getObject("id", UUID.class),
                        row.getString("brand"),
                        List.of((String[]) row.getArray("types").getArray()),
                        row.getBoolean("is_on")))
                .list();
    }

    /** Of levels the last of each subject, of everything else all. */
    private static List<PublicEvent> newest(List<PublicEvent> events) {
        Map<String, PublicEvent> kept = new LinkedHashMap<>();
        for (PublicEvent event : events) {
            String place = event.isLevel() ? event.brand() + "/" + event.subject() : event.id();
            kept.remove(place);
            kept.put(place, event);
        }
        return List.copyOf(kept.values());
    }

    private void keep(List<PublicEvent> events) {
        jdbc.sql("""
                        insert into hook_event (id, brand, type, subject, is_level, sequence, at, body)
                        select id, brand, type, subject, is_level, sequence, cast(at as timestamptz), body
                        from unnest(cast(:ids as text[]), cast(:brands as text[]), cast(:types as text[]),
                          cast(:subjects as text[]), cast(:levels as boolean[]), cast(:sequences as bigint[]),
                          cast(:ats as text[]), cast(:bodies as text[]))
                          as e (id, brand, type, subject, is_level, sequence, at, body)
                        on conflict (id) do nothing""")
                .param("ids", texts(events, PublicEvent::id))
                .param("brands", texts(events, PublicEvent::brand))
                .param("types", texts(events, PublicEvent::type))
                .param("subjects", texts(events, PublicEvent::subject))
                .param("levels", events.stream().map(PublicEvent::isLevel).toArray(Boolean[]::new))
                .param("sequences", events.stream().map(PublicEvent::sequence).toArray(Long[]::new))
                .param("ats", texts(events, event -> event.at().toString()))
                .param("bodies", texts(events, PublicEvent::body))
                .update();
    }

    private void replace(List<PublicEvent> levels) {
        if (levels.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update hook_delivery d set state = 'STALE', done_at = :now
                        from hook_event e, unnest(cast(:brands as text[]), cast(:subjects as text[]),
                          cast(:sequences as bigint[])) as n (brand, subject, sequence)
                        where e.id = d.event_id and d.state = 'DUE' and d.taken_until is null and e.is_level
                          and e.brand = n.brand and e.subject = n.subject and e.sequence < n.sequence""")
                .param("now", Sql.at(clock.instant()))
                .param("brands", texts(levels, PublicEvent::brand))
                .param("subjects", texts(levels, PublicEvent::subject))
                .param("sequences", levels.stream().map(PublicEvent::sequence).toArray(Long[]::new))
                .update();
    }

    private void deliver(List<PublicEvent> events, List<Target> targets) {
        List<String> endpoints = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Target target : targets) {
            if (target.isOn()) {
                events.stream().filter(target::wants).forEach(event -> {
                    endpoints.add(target.id().toString());
                    ids.add(event.id());
                });
            }
        }
        // An endpoint that is removed meanwhile is not there to be told.
        jdbc.sql("""
                        insert into hook_delivery (endpoint_id, event_id, state, at, next_at)
                        select h.id, d.event, 'DUE', :now, :now
                        from unnest(cast(:endpoints as text[]), cast(:ids as text[])) as d (endpoint, event)
                        join hook_endpoint h on h.id = cast(d.endpoint as uuid)
                        on conflict (endpoint_id, event_id) do nothing""")
                .param("now", Sql.at(clock.instant()))
                .param("endpoints", endpoints.toArray(String[]::new))
                .param("ids", ids.toArray(String[]::new))
                .update();
    }

    private static String[] texts(List<PublicEvent> events, Function<PublicEvent, String> field) {
        return events.stream().map(field).toArray(String[]::new);
    }
}
