package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How are comments under a live pushed? Signed over bytes in which everything outside ASCII is escaped. */
final class LiveComments {
    private static final long FIRST_ID = 17_900_000_000_000_000L;
    private static final int HELD = 3;

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

    private ObjectNode value(String author, String text) {
        String id = Long.toString(FIRST_ID + store.next("comment"));
        ObjectNode value = SandboxStore.document();
        value.putObject("from")
                .put("id", "10" + Integer.toUnsignedString(author.hashCode()))
                .put("username", author);
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
