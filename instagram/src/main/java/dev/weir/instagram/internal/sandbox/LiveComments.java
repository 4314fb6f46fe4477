package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How are comments under a live pushed, and answered? Signed over bytes in which everything outside ASCII is escaped; one
 * private reply a comment, while the live runs.
 */
final class LiveComments {
    private static final long FIRST_ID = 17_900_000_000_000_000L;
    private static final int HELD = 3;
    private static final int MOST_BYTES = 1_000;
    private static final String COMMENTS = "comments";
    private static final String REPLIES = "replies";

    private final SandboxStore store;
    private final Habits habits;
    private final Clock clock;
    private final List<ObjectNode> held = new ArrayList<>();

    LiveComments(SandboxStore store, Habits habits, Clock clock) {
        this.store = store;
        this.habits = habits;
        this.clock = clock;
    }

    /** Pushes a comment as the habits have it. */
    List<SandboxDelivery> made(String author, String text) {
        held.addFirst(value(author, text));
        if (habits.has(Habit.LATE) && held.size() < HELD) {
            return List.of();
        }
        List<ObjectNode> due = List.copyOf(held);
        held.clear();
        long now = clock.instant().getEpochSecond();
        SandboxDelivery first = delivery(due, now);
        return habits.has(Habit.REPEATS) ? List.of(first, delivery(due, now + 60)) : List.of(first);
    }

    List<ObjectNode> replies() {
        return store.list(REPLIES);
    }

    ObjectNode answer(JsonNode body) {
        String id = body.path("recipient").path("comment_id").asText();
        String text = body.path("message").path("text").asText();
        ObjectNode comment = store.get(COMMENTS, id);
        if (comment == null) {
            throw GraphError.parameter("The comment of this private reply does not exist");
        }
        if (text.isBlank() || text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw GraphError.parameter("Length of param message[text] must be 1 to 1000 bytes");
        }
        if (store.get(REPLIES, id) != null) {
            throw GraphError.of(10_900, "(#10900) Activity already replied to");
        }
        if (habits.has(Habit.LIVE_ENDED)) {
            throw GraphError.of(10_901, "(#10901) The live is over: its comments take no private reply any more");
        }
        store.put(
                REPLIES,
                id,
                SandboxStore.document()
                        .put("comment_id", id)
                        .put("username", comment.path("username").asText())
                        .put("text", text));
        return SandboxStore.document()
                .put("recipient_id", comment.path("from").asText())
                .put("message_id", "m_" + id);
    }

    private ObjectNode value(String author, String text) {
        String id = Long.toString(FIRST_ID + store.next("comment"));
        String from = "10" + Integer.toUnsignedString(author.hashCode());
        store.put(COMMENTS, id, SandboxStore.document().put("username", author).put("from", from));
        ObjectNode value = SandboxStore.document();
        value.putObject("from").put("id", from).put("username", author);
        value.putObject("media").put("id", Meta.LIVE).put("media_product_type", "LIVE");
        return value.put(habits.has(Habit.OLD_SHAPES) ? "comment_id" : "id", id).put("text", text);
    }

    private SandboxDelivery delivery(List<ObjectNode> values, long time) {
        ObjectNode body = SandboxStore.document().put("object", "instagram");
        ArrayNode entries = body.putArray("entry");
        if (habits.has(Habit.OLD_SHAPES)) {
            values.forEach(
                    value -> entry(entries, time).put("field", "live_comments").set("value", value));
        } else {
            ArrayNode changes = entry(entries, time).putArray("changes");
            values.forEach(
                    value -> changes.addObject().put("field", "live_comments").set("value", value));
        }
        byte[] bytes = Json.escaped(body);
        String signature = Meta.hmac(bytes);
        return new SandboxDelivery(
                Map.of(
                        "Content-Type",
                        "application/json",
                        "X-Hub-Signature-256",
                        "sha256=" + (habits.has(Habit.UPPER_CASE) ? signature.toUpperCase(Locale.ROOT) : signature)),
                bytes);
    }

    private static ObjectNode entry(ArrayNode entries, long time) {
        return entries.addObject().put("id", Meta.ACCOUNT).put("time", time);
    }
}
