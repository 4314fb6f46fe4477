package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a batch? It is taken at once and carried out later: at the second question about its handle, or 2 s after.
 * Batches that wait are carried out the newest first, so that whoever lets two of them touch one item sees the older one win.
 * Guarded by the store's lock.
 */
final class Batches {
    private static final String BATCHES = "batches";
    private static final int MOST = 5_000;
    private static final int MOST_BYTES = 28_000_000;
    private static final long WORK_MILLIS = 2_000;

    private final SandboxStore store;
    private final Catalogue catalogue;
    private final Habits habits;
    private final Clock clock;
    private final Deque<String> waiting = new ArrayDeque<>();

    Batches(SandboxStore store, Catalogue catalogue, Habits habits, Clock clock) {
        this.store = store;
        this.catalogue = catalogue;
        this.habits = habits;
        this.clock = clock;
        for (ObjectNode batch : store.list(BATCHES)) {
            if (batch.has("requests")) {
                waiting.push(batch.path("handle").asText());
            }
        }
    }

    /** Takes a batch: what is malformed is named at once, the rest shows under the handle. */
    ObjectNode take(JsonNode body, int bytes) {
        JsonNode requests = body.path("requests");
        if (!body.path("item_type").asText().equals("PRODUCT_ITEM")) {
            throw GraphError.parameter("The parameter item_type is required");
        }
        if (!requests.isArray() || requests.isEmpty() || requests.size() > MOST || bytes > MOST_BYTES) {
            throw GraphError.parameter("requests must be a non-empty array with at most 5000 elements and 28 MB");
        }
        ObjectNode answer = SandboxStore.document();
        if (habits.has(Habit.ACCEPTS_NOTHING)) {
            answer.putArray("handles");
            return answer;
        }
        ArrayNode statuses = SandboxStore.document().putArray("validation_status");
        String handle = "Acz" + Long.toString(store.next("batch"), 36) + "Sandbox";
        store.put(BATCHES, handle, batch(handle, body, statuses));
        waiting.push(handle);
        answer.putArray("handles").add(handle);
        if (!statuses.isEmpty()) {
            answer.set("validation_status", statuses);
        }
        return answer;
    }

    private ObjectNode batch(String handle, JsonNode body, ArrayNode statuses) {
        ObjectNode batch = SandboxStore.document()
                .put("handle", handle)
                .put("asked", 0)
                .put("taken", clock.millis())
                .put("upsert", body.path("allow_upsert").asBoolean(true));
        ArrayNode kept = batch.putArray("requests");
        int line = 0;
        for (JsonNode request : body.path("requests")) {
            line++;
            String malformed = Catalogue.malformed(request.path("data"));
            if (malformed == null) {
                ((ObjectNode) kept.add(request.deepCopy()).get(kept.size() - 1)).put("line", line);
            } else {
                ObjectNode status = statuses.addObject()
                        .put("retailer_id", request.path("data").path("id").asText());
                status.putArray("errors").addObject().put("message", malformed);
                status.putArray("warnings");
            }
        }
        return batch;
    }

    /** The state of a batch: still under way at the first question, finished from the second on. */
    ObjectNode status(Map<String, String> query) {
        String handle = query.getOrDefault("handle", "");
        ObjectNode batch = store.get(BATCHES, handle);
        if (batch == null) {
            throw GraphError.parameter("Invalid handle");
        }
        int asked = batch.path("asked").asInt() + 1;
        store.put(BATCHES, handle, batch.put("asked", asked));
        if (habits.has(Habit.HANDLES_EXPIRE)) {
            carryOut(handle, batch);
            throw GraphError.parameter("Invalid handle");
        }
        if (asked > 1 && !habits.has(Habit.SLOW_BATCHES)) {
            carryOut(handle, batch);
        }
        ObjectNode answer = SandboxStore.document();
        ObjectNode status = answer.putArray("data").addObject().put("handle", handle);
        if (batch.has("requests")) {
            status.put("status", "in_progress");
        } else {
            report(batch.path("errors"), status, query);
        }
        return answer;
    }

    int waiting() {
        return waiting.size();
    }

    /** Carries out what has waited long enough. */
    void work() {
        if (habits.has(Habit.SLOW_BATCHES)) {
            return;
        }
        for (String handle : List.copyOf(waiting)) {
            ObjectNode batch = store.get(BATCHES, handle);
            if (batch != null && batch.path("taken").asLong() + WORK_MILLIS <= clock.millis()) {
                carryOut(handle, batch);
            }
        }
    }

    private void carryOut(String handle, ObjectNode batch) {
        if (!(batch.remove("requests") instanceof ArrayNode requests)) {
            return;
        }
        ArrayNode errors = batch.putArray("errors");
        for (JsonNode request : requests) {
            JsonNode data = request.path("data");
            String failed = catalogue.take(
                    request.path("method").asText(), data, batch.path("upsert").asBoolean());
            if (failed != null) {
                errors.addObject()
                        .put("line", request.path("line").asInt())
                        .put("id", data.path("id").asText())
                        .put("message", failed);
            }
        }
        waiting.remove(handle);
        store.put(BATCHES, handle, batch);
    }

    private void report(JsonNode errors, ObjectNode status, Map<String, String> query) {
        boolean nameless = habits.has(Habit.NAMELESS_ERRORS);
        boolean capped = habits.has(Habit.CAPPED_ERRORS);
        status.put("status", "finished")
                .put("errors_total_count", errors.size())
                .put("warnings_total_count", 0);
        status.putArray("warnings");
        ArrayNode listed = status.putArray("errors");
        ArrayNode ids = SandboxStore.document().putArray("ids");
        for (JsonNode error : errors) {
            if (!capped || listed.isEmpty()) {
                ObjectNode shown = error.deepCopy();
                listed.add(nameless ? shown.without("id") : shown);
                ids.add(error.path("id").asText());
            }
        }
        if (!nameless && query.getOrDefault("load_ids_of_invalid_requests", "").equals("true")) {
            status.set("ids_of_invalid_requests", ids);
        }
    }
}
