package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.List;

/** Which product sets are there? Each creation makes one more, whatever its name. */
final class Sets {
    private static final String SETS = "sets";
    private static final long FIRST_ID = 25_000_000_000_000_000L;

    private final SandboxStore store;
    private final Shelf shelf;

    Sets(SandboxStore store, Shelf shelf) {
        this.store = store;
        this.shelf = shelf;
    }

    List<ObjectNode> all() {
        return store.list(SETS);
    }

    ObjectNode list() {
        ObjectNode answer = SandboxStore.document();
        ArrayNode data = answer.putArray("data");
        for (ObjectNode set : all()) {
            data.add(set.put("product_count", shelf.count(set.path("filter").asText())));
        }
        return answer;
    }

    ObjectNode create(JsonNode body) {
        String name = body.path("name").asText();
        if (name.isBlank()) {
            throw GraphError.parameter("The parameter name is required");
        }
        String id = Long.toString(FIRST_ID + store.next("set"));
        store.put(SETS, id, document(id, name, body));
        return SandboxStore.document().put("id", id);
    }

    ObjectNode update(String path, JsonNode body) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        ObjectNode set = store.get(SETS, id);
        if (set == null) {
            throw GraphError.method(33, "Unsupported post request. Object with ID '" + id + "' does not exist");
        }
        store.put(
                SETS, id, document(id, body.path("name").asText(set.path("name").asText()), body));
        return SandboxStore.document().put("success", true);
    }

    private static ObjectNode document(String id, String name, JsonNode body) {
        String filter = body.path("filter").asText();
        if (!Json.read(filter).isObject()) {
            throw GraphError.parameter("filter must be a JSON object");
        }
        return SandboxStore.document().put("id", id).put("name", name).put("filter", filter);
    }
}
