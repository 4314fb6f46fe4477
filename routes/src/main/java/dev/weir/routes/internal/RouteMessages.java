package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which real messages did a route see last? Of one brand: from the inbox and the outbox, which keeps a day. */
final class RouteMessages {
    private static final String KAFKA = "kafka:";

    private final Wiring wiring;

    RouteMessages(Wiring wiring) {
        this.wiring = wiring;
    }

    /** One message; {@code name} tells it to people. */
    record Sample(String name, Object body, Map<String, Object> headers) {}

    /** The newest first, {@code most} at most; a clock's route sees one tick. */
    List<Sample> newest(RouteText route, String brand, int most) {
        String uri = route.uri();
        if (uri.equals(KAFKA + Topics.INBOX)) {
            return inbox(brand, most);
        }
        if (uri.startsWith(KAFKA)) {
            return outbox(uri.substring(KAFKA.length()), brand, most);
        }
        if (uri.startsWith("direct:")) {
            return connections(brand).stream()
                    .limit(most)
                    .map(connection -> new Sample(connection.name(), CatalogueRun.of(connection), Map.of()))
                    .toList();
        }
        return List.of(new Sample("a tick", "", Map.of()));
    }

    /** What stands in a template for a connection of the brand. */
    Map<String, String> values(String brand) {
        return connections(brand).stream()
                .findFirst()
                .map(one -> Map.of("connectionId", one.id().toString(), "connectionName", one.name()))
                .orElse(Map.of("connectionId", new UUID(0, 0).toString(), "connectionName", "no shop"));
    }

    private List<Connection> connections(String brand) {
        return wiring.connections().active().stream()
                .filter(connection -> connection.brand().equals(brand))
                .toList();
    }

    private List<Sample> inbox(String brand, int most) {
        return wiring.jdbc()
                .sql("""
                        select id, topic, connection_id || '/' || aggregate_key as key from inbox
                        where brand = :brand order by seq desc limit :most""")
                .param("brand", brand)
                .param("most", most)
                .query((row, n) -> {
                    String id = row.getString("id");
                    String body = Json.write(
                            Map.of("brand", brand, "type", "WebhookStored", "payload", Map.of("inboxId", id)));
                    return new Sample(
                            row.getString("topic") + " " + id, body, Map.of("kafka.KEY", row.getString("key")));
                })
                .list();
    }

    private List<Sample> outbox(String topic, String brand, int most) {
        return wiring.jdbc()
                .sql("""
                        select id, brand, topic, key, type, payload::text as payload, at from outbox
                        where topic = :topic and brand = :brand order by id desc limit :most""")
                .param("topic", topic)
                .param("brand", brand)
                .param("most", most)
                .query((row, n) -> {
                    OutboxRow sent = OutboxRow.read(row, n);
                    return new Sample(
                            row.getString("type") + " " + row.getString("key"),
                            sent.envelope(),
                            Map.of("kafka.KEY", sent.key()));
                })
                .list();
    }
}
