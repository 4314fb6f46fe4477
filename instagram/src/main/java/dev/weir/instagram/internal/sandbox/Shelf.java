package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How are items read? By pages with opaque cursors, and prices as text for people. */
final class Shelf {
    private static final int MAX_PAGE = 100;

    private final Catalogue catalogue;

    Shelf(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    ObjectNode products(Map<String, String> query) {
        List<String> found = select(query.getOrDefault("filter", ""));
        int from = position(query.getOrDefault("after", ""));
        String asked = query.getOrDefault("limit", "");
        int limit = Math.clamp(asked.matches("\\d{1,6}") ? Integer.parseInt(asked) : 25, 1, MAX_PAGE);
        int to = Math.min(found.size(), from + limit);
        Set<String> fields =
                new HashSet<>(List.of(query.getOrDefault("fields", "id").split(",", -1)));
        fields.add("id");
        ObjectNode answer = SandboxStore.document();
        ArrayNode data = answer.putArray("data");
        found.subList(Math.min(from, to), to)
                .forEach(id -> data.add(
                        shown(Objects.requireNonNull(catalogue.find(id))).retain(fields)));
        ObjectNode paging = answer.putObject("paging");
        paging.putObject("cursors").put("before", cursor(from)).put("after", cursor(to));
        if (to < found.size()) {
            paging.put("next", "https://graph.facebook.com/next");
        }
        return answer;
    }

    /** How many items a set's filter selects. */
    int count(String filter) {
        return select(filter).size();
    }

    private List<String> select(String filter) {
        if (filter.isBlank()) {
            return catalogue.ids();
        }
        JsonNode rule = Json.read(filter);
        List<String> found = new ArrayList<>();
        if (rule.has("retailer_id")) {
            JsonNode ids = rule.path("retailer_id");
            (ids.has("eq") ? List.of(ids.path("eq")) : ids.path("is_any")).forEach(id -> {
                if (catalogue.find(id.asText()) != null) {
                    found.add(id.asText());
                }
            });
            return found;
        }
        for (ObjectNode item : catalogue.items()) {
            String label = item.path("custom_label_0").asText();
            if (rule.path("custom_label_0").path("eq").asText().equals(label)) {
                found.add(item.path("retailer_id").asText());
            }
        }
        return found;
    }

    private static ObjectNode shown(ObjectNode item) {
        String[] price = item.path("price").asText().split(" ", -1);
        return item.put("name", item.path("title").asText())
                .put("price", text(price[0], price[1]))
                .put("currency", price[1])
                .put("image_url", item.path("image_link").asText());
    }

    private static String text(String amount, String currency) {
        String digits =
                String.format(Locale.ROOT, "%,." + new BigDecimal(amount).scale() + "f", new BigDecimal(amount));
        return switch (currency) {
            case "USD" -> "$" + digits;
            case "EUR" -> "€" + digits;
            case "GBP" -> "£" + digits;
            default -> digits + " " + currency;
        };
    }

    private static String cursor(int at) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("at:" + at).getBytes(StandardCharsets.UTF_8));
    }

    private static int position(String cursor) {
        if (cursor.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return Integer.parseInt(text.replaceFirst("^at:", ""));
        } catch (IllegalArgumentException e) {
            throw GraphError.parameter("Invalid cursor");
        }
    }
}
