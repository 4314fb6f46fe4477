package dev.weir.bigcommerce.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.List;
import java.util.Map;

/** How does the store page its lists? By number; 50 entries unless asked for more. */
final class Pages {
    private Pages() {}

    /** Refuses a question in another order than the stand-in can answer in. */
    static void require(Map<String, String> query, Map<String, String> expected) {
        expected.forEach((name, value) -> {
            if (!value.equals(query.get(name))) {
                throw new Problem(422, name + ": " + query.get(name) + " (expected: " + value + ")");
            }
        });
    }

    static ObjectNode v3(List<ObjectNode> all, Map<String, String> query, int most) {
        int limit = limit(query, most);
        ObjectNode page = SandboxStore.document();
        page.set("data", slice(all, query, limit));
        page.putObject("meta")
                .putObject("pagination")
                .put("total", all.size())
                .put("current_page", number(query, "page", 1))
                .put("total_pages", Math.max(1, (all.size() + limit - 1) / limit));
        return page;
    }

    static JsonNode v2(List<ObjectNode> all, Map<String, String> query, int most) {
        return slice(all, query, limit(query, most));
    }

    private static ArrayNode slice(List<ObjectNode> all, Map<String, String> query, int limit) {
        ArrayNode page = SandboxStore.document().putArray("page");
        all.stream()
                .skip((long) limit * (number(query, "page", 1) - 1))
                .limit(limit)
                .forEach(page::add);
        return page;
    }

    private static int limit(Map<String, String> query, int most) {
        return Math.min(most, number(query, "limit", 50));
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        String text = query.getOrDefault(name, Integer.toString(otherwise));
        if (!text.matches("[1-9][0-9]{0,6}")) {
            throw new Problem(422, name + ": " + text + " (expected: 1 or more)");
        }
        return Integer.parseInt(text);
    }
}
