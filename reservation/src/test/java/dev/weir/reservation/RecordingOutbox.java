package dev.weir.reservation;

import dev.weir.connectors.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** An outbox in the caller's transaction, as the real one is: an event of a rolled back change is not there. */
final class RecordingOutbox implements Outbox {
    private final JdbcTemplate jdbc;

    RecordingOutbox(DataSource database) {
        jdbc = new JdbcTemplate(database);
        jdbc.execute("create table if not exists told (id bigint generated always as identity, brand text, topic text,"
                + " key text, type text, available int, version bigint)");
    }

    record Told(String topic, String key, String type, int available, long version) {}

    @Override
    public void append(List<Event> events) {
        events.forEach(this::append);
    }

    private void append(Event event) {
        Map<String, ?> payload = event.payload();
        if (!(payload.get("at") instanceof Instant) || !event.brand().equals(payload.get("brand"))) {
            throw new IllegalArgumentException("payload: " + payload + " (expected: brand and at)");
        }
        jdbc.update(
                "insert into told (brand, topic, key, type, available, version) values (?, ?, ?, ?, ?, ?)",
                event.brand(),
                event.topic(),
                event.key(),
                event.type(),
                payload.get("available"),
                payload.get("version"));
    }

    List<Told> of(String brand) {
        return jdbc.query(
                "select * from told where brand = ? order by id",
                (rs, n) -> new Told(
                        rs.getString("topic"),
                        rs.getString("key"),
                        rs.getString("type"),
                        rs.getInt("available"),
                        rs.getLong("version")),
                brand);
    }
}
