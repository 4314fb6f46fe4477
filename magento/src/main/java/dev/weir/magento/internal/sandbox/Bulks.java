package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.BiFunction;

/** What became of writes that were queued? Taken at once, done when they are asked for the second time, and some of them not. */
final class Bulks {
    private static final String BULKS = "bulks";
    private static final int OPEN = 4;

    private final SandboxStore store;
    private final Quirks quirks;

    Bulks(SandboxStore store, Quirks quirks) {
        this.store = store;
        this.quirks = quirks;
    }

    ObjectNode queue(String operation, JsonNode bodies) {
        if (!bodies.isArray() || bodies.isEmpty()) {
            throw Refusal.bad("Input data is empty");
        }
        String uuid = UUID.nameUUIDFromBytes(("bulk " + store.next("bulk")).getBytes(StandardCharsets.UTF_8))
                .toString();
        ObjectNode bulk = SandboxStore.document().put("operation", operation).put("readings", 0);
        bulk.set("bodies", bodies);
        ArrayNode operations = bulk.putArray("operations_list");
        ObjectNode answer = SandboxStore.document().put("bulk_uuid", uuid).put("errors", false);
        ArrayNode taken = answer.putArray("request_items");
        for (int at = 0; at < bodies.size(); at++) {
            operations.addObject().put("id", at).put("status", OPEN);
            taken.addObject().put("id", at).put("data_hash", "sandbox").put("status", "accepted");
        }
        store.put(BULKS, uuid, bulk);
        return answer;
    }

    ObjectNode status(String uuid, BiFunction<String, JsonNode, JsonNode> work) {
        ObjectNode bulk = store.get(BULKS, uuid);
        if (bulk == null) {
            throw Refusal.missing();
        }
        bulk.put("readings", bulk.path("readings").asInt() + 1);
        if (bulk.path("readings").asInt() == 2) {
            for (JsonNode operation : bulk.path("operations_list")) {
                carryOut((ObjectNode) operation, bulk, work);
            }
        }
        store.put(BULKS, uuid, bulk);
        ObjectNode answer = SandboxStore.document().put("bulk_id", uuid);
        answer.set("operations_list", bulk.path("operations_list"));
        return answer.put("operation_count", bulk.path("operations_list").size());
    }

    private void carryOut(ObjectNode operation, ObjectNode bulk, BiFunction<String, JsonNode, JsonNode> work) {
        int at = operation.path("id").asInt();
        try {
            if (quirks.on(Twist.BULK_FAILS_IN_PART) && at % 2 == 1) {
                throw Refusal.bad("Could not save Source Item");
            }
            JsonNode result = work.apply(
                    bulk.path("operation").asText(), bulk.path("bodies").path(at));
            operation.put("status", 1).put("result_message", "Service execution success");
            operation.put("result_serialized_data", result.toString());
        } catch (Refusal refusal) {
            operation
                    .put("status", 3)
                    .put("result_message", refusal.getMessage())
                    .put("error_code", 400);
        }
    }
}
