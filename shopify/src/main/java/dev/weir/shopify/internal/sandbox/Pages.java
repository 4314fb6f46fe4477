package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Which part of a list does a connection show? At most 250 rows a page, cursors opaque. */
final class Pages {
    private Pages() {}

    static ObjectNode of(List<? extends JsonNode> rows, GraphQl.Selection connection) {
        int first = Math.min(250, connection.argument("first").asInt(250));
        int from = Math.min(rows.size(), offset(connection.argument("after").asText("")));
        int to = Math.min(rows.size(), from + first);
        ObjectNode page = SandboxStore.document();
        ArrayNode nodes = page.putArray("nodes");
        rows.subList(from, to).forEach(nodes::add);
        page.putObject("pageInfo").put("hasNextPage", to < rows.size()).put("endCursor", cursor(to));
        return page;
    }

    private static String cursor(int offset) {
        return Base64.getEncoder().encodeToString(("{\"at\":" + offset + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String cursor) {
        if (cursor.isEmpty() || cursor.equals("null")) {
            return 0;
        }
        try {
            String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
            return Integer.parseInt(text.replaceAll("[^0-9]", ""));
        } catch (IllegalArgumentException e) {
            throw new GraphQlFailure("INVALID_CURSOR", "Invalid cursor for current pagination sort.");
        }
    }
}
