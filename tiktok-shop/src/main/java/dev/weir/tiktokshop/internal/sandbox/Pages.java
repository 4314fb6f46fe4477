package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which part of a list does a search show? Tokens hold {@code +}, {@code /} and {@code =}, which must be signed as they are. */
final class Pages {
    private static final String MARK = "~~>?";

    private Pages() {}

    static ObjectNode of(
            List<ObjectNode> rows, Map<String, String> query, String name, UnaryOperator<ObjectNode> view) {
        int size = number(query.getOrDefault("page_size", "20"), 1, 100);
        int from = Math.min(rows.size(), offset(query.getOrDefault("page_token", "")));
        int to = Math.min(rows.size(), from + size);
        ObjectNode page = SandboxStore.document().put("total_count", rows.size());
        page.put("next_page_token", to < rows.size() ? token(to) : "");
        ArrayNode list = page.putArray(name);
        rows.subList(from, to).forEach(row -> list.add(view.apply(row)));
        return page;
    }

    /** How far into the list the page of {@code query} reaches. */
    static int end(Map<String, String> query) {
        int from = offset(query.getOrDefault("page_token", ""));
        return from + number(query.getOrDefault("page_size", "20"), 1, 100);
    }

    private static int number(String text, int least, int most) {
        if (text.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new Refusal(200, 36009004, "invalid param 'page_size'");
    }

    private static String token(int offset) {
        return Base64.getEncoder().encodeToString((MARK + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String token) {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring(MARK.length()));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new Refusal(200, 36009004, "invalid param 'page_token'");
        }
    }
}
