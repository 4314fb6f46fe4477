package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How do the items of one show become a set that Commerce Manager and ads can pick ("tonight's drop")? The items carry the
 * set's name as {@code custom_label_0}, the set filters by it. Creating one is not repeatable at Meta, so it is looked up by
 * name first, and again when the answer was lost; at most 20 pages of 100 sets.
 */
public final class ProductSets {
    private static final int MOST_PAGES = 20;
    private static final String LABEL = "custom_label_0";

    private final GraphClient client;
    private final String catalogue;

    /** The sets of one catalogue. */
    public ProductSets(GraphClient client, Connection connection) {
        this.client = client;
        catalogue = "/" + GraphClient.encode(connection.setting("catalogId"));
    }

    /** Makes sure that there is just one set of that name and that it selects the items labelled with it; answers its id. */
    String ensure(String name) {
        JsonNode found = find(name);
        if (found == null) {
            return create(name);
        }
        String id = found.path("id").asText();
        if (!selects(found.path("filter").asText(), name)) {
            client.repeatable("productSetUpdate", Lane.CATALOGUE, "/" + GraphClient.encode(id), body(name));
        }
        return id;
    }

    private String create(String name) {
        try {
            return client.once("productSetCreate", Lane.CATALOGUE, catalogue + "/product_sets", body(name))
                    .path("id")
                    .asText();
        } catch (ChannelException e) {
            JsonNode made = e.fault() == Fault.OUTCOME_UNKNOWN ? find(name) : null;
            if (made == null) {
                throw e;
            }
            return made.path("id").asText();
        }
    }

    private @Nullable JsonNode find(String name) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("fields", "id,name,filter");
        query.put("limit", "100");
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode sets = client.get("productSets", Lane.CATALOGUE, catalogue + "/product_sets", query);
            for (JsonNode set : sets.path("data")) {
                if (set.path("name").asText().equals(name)) {
                    return set;
                }
            }
            if (!sets.path("paging").has("next")) {
                return null;
            }
            query.put("after", sets.path("paging").path("cursors").path("after").asText());
        }
        throw new ChannelException(Fault.REJECTED, "productSets: more than " + MOST_PAGES + " pages of 100 sets");
    }

    private static boolean selects(String filter, String name) {
        try {
            return GraphClient.JSON.readTree(filter).equals(filter(name));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return false;
        }
    }

    private static ObjectNode body(String name) {
        return GraphClient.JSON
                .createObjectNode()
                .put("name", name)
                .put("filter", filter(name).toString());
    }

    private static ObjectNode filter(String name) {
        ObjectNode filter = GraphClient.JSON.createObjectNode();
        filter.putObject(LABEL).put("eq", name);
        return filter;
    }
}
