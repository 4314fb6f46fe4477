package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which query may run in bulk? One connection at least and five at most, edges and no nodes, two deep, 65,535 bytes. */
final class BulkRules {
    private static final Set<String> CONNECTIONS =
            Set.of("productVariants", "products", "orders", "variants", "lineItems");
    private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

    private BulkRules() {}

    /** Why not; null when it may. */
    static @Nullable String refusal(String query) {
        if (query.getBytes(StandardCharsets.UTF_8).length > 65_535) {
            return "Bulk query is too large";
        }
        GraphQl.Operation operation;
        try {
            operation = GraphQl.read(query, NONE);
        } catch (IllegalArgumentException e) {
            return "Bulk query is not valid: " + e.getMessage();
        }
        if (!operation.type().equals("query")) {
            return "Bulk query is not valid: only queries are allowed";
        }
        if (operation.roots().size() != 1 || operation.roots().getFirst().name().equals("node")) {
            return "Bulk queries cannot contain a top level `node` or several fields.";
        }
        return refusal(operation.roots().getFirst(), 0);
    }

    private static @Nullable String refusal(GraphQl.Selection field, int depth) {
        boolean connection = CONNECTIONS.contains(field.name());
        if (depth == 0 && !connection) {
            return "Bulk queries must contain at least one connection.";
        }
        int inside = connection ? depth + 1 : depth;
        if (inside > 2) {
            return "Bulk queries cannot contain connections with a nesting depth greater than 2.";
        }
        for (GraphQl.Selection child : field.children()) {
            if (connection && child.name().equals("nodes")) {
                return "Bulk queries must use edges and node instead of nodes.";
            }
            String refusal = refusal(child, Math.max(1, inside));
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** What each row of {@code query} selects. The stand-in writes results of {@code productVariants} alone. */
    static List<GraphQl.Selection> node(String query) {
        GraphQl.Selection root = GraphQl.read(query, NONE).roots().getFirst();
        if (!root.name().equals("productVariants")) {
            throw new IllegalArgumentException("bulk query: " + root.name() + " (expected: productVariants)");
        }
        return root.children().getFirst().children().getFirst().children();
    }
}
