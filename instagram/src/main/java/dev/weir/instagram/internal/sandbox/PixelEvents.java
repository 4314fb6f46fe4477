package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which events has the dataset taken? One that is wrong or too old fails the whole request; a repeat of name and id within
 * 48 hours is counted as received and not kept.
 */
final class PixelEvents {
    private static final String EVENTS = "events";
    private static final int MOST = 1_000;
    private static final long OLDEST = Duration.ofDays(7).toSeconds();
    private static final long WINDOW = Duration.ofDays(2).toSeconds();
    private static final Set<String> SOURCES = Set.of(
            "website",
            "app",
            "phone_call",
            "chat",
            "physical_store",
            "system_generated",
            "business_messaging",
            "other");

    private final SandboxStore store;
    private final Clock clock;

    PixelEvents(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    List<ObjectNode> all() {
        return store.list(EVENTS);
    }

    ObjectNode take(JsonNode body) {
        JsonNode data = body.path("data");
        if (!data.isArray() || data.isEmpty() || data.size() > MOST) {
            throw GraphError.parameter("data must be an array of 1 to 1000 events");
        }
        data.forEach(this::check);
        data.forEach(event -> keep(event, body.path("test_event_code").asText()));
        ObjectNode answer = SandboxStore.document().put("events_received", data.size());
        answer.putArray("messages");
        return answer.put("fbtrace_id", "Sandbox");
    }

    private void check(JsonNode event) {
        long now = clock.instant().getEpochSecond();
        long time = event.path("event_time").asLong();
        require(event.path("event_time").isIntegralNumber() && time >= now - OLDEST, "event_time is over 7 days old");
        require(time <= now + 60, "event_time is in the future");
        require(!event.path("event_name").asText().isBlank(), "event_name is missing");
        String source = event.path("action_source").asText();
        require(SOURCES.contains(source), "action_source is not supported");
        JsonNode buyer = event.path("user_data");
        require(!buyer.isEmpty(), "user_data has no customer information parameter");
        for (String hashed : List.of("em", "external_id")) {
            buyer.path(hashed).forEach(one -> require(one.asText().matches("[0-9a-f]{64}"), hashed + " is not hashed"));
        }
        if (source.equals("website")) {
            require(
                    buyer.hasNonNull("client_user_agent") && event.hasNonNull("event_source_url"),
                    "website events need client_user_agent and event_source_url");
        }
        if (event.path("event_name").asText().equals("Purchase")) {
            JsonNode goods = event.path("custom_data");
            require(
                    goods.path("value").isNumber()
                            && goods.path("currency").asText().matches("[A-Z]{3}"),
                    "a Purchase needs value and currency");
        }
    }

    private void keep(JsonNode event, String test) {
        String key =
                event.path("event_name").asText() + "/" + event.path("event_id").asText();
        ObjectNode seen = store.get(EVENTS, key);
        long now = clock.instant().getEpochSecond();
        if (seen == null || seen.path("seen_at").asLong() + WINDOW < now) {
            ObjectNode kept = event.deepCopy();
            store.put(EVENTS, key, kept.put("seen_at", now).put("test_event_code", test));
        }
    }

    private static void require(boolean fact, String otherwise) {
        if (!fact) {
            throw GraphError.parameter("Invalid parameter: " + otherwise);
        }
    }
}
