package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Connection;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How do changes get into Meta's catalogue, and what became of each? {@code items_batch} takes a list at once and works on
 * it later: what is refused shows in the answer ({@code validation_status}) or, afterwards, under the batch's handles.
 */
public final class CatalogueBatch {
    /** Meta takes 5,000 requests and recommends fewer than 3,000; calls a minute are few, so batches are large. */
    static final int MOST = 2_500;

    /** Meta takes 28 MB. */
    static final int MOST_BYTES = 20 << 20;

    private final GraphClient client;
    private final String catalogue;
    private final OpenBatches open;
    private final BatchHandles handles;

    /** Batches into one catalogue; {@code open} is shared by all that change it. */
    public CatalogueBatch(GraphClient client, Connection connection, OpenBatches open) {
        this.client = client;
        this.open = open;
        catalogue = "/" + GraphClient.encode(connection.setting("catalogId"));
        handles = new BatchHandles(client, catalogue);
    }

    /**
     * What came of a batch.
     *
     * @param refused reasons by SKU
     * @param doubt why what is not named in {@code refused} must be read back; empty when all of it was taken
     */
    record Result(Map<String, String> refused, String doubt) {
        boolean certain() {
            return doubt.isEmpty();
        }
    }

    /** {@code items} in portions that one batch can carry, by number and by bytes. */
    static List<List<ObjectNode>> portions(List<ObjectNode> items) {
        List<List<ObjectNode>> portions = new ArrayList<>();
        List<ObjectNode> portion = new ArrayList<>();
        int bytes = 0;
        for (ObjectNode item : items) {
            // A character is 3 bytes of UTF-8 at most, or a surrogate of half of 4.
            int size = item.toString().length() * 3 + 64;
            if (!portion.isEmpty() && (portion.size() == MOST || bytes + size > MOST_BYTES)) {
                portions.add(List.copyOf(portion));
                portion.clear();
                bytes = 0;
            }
            portion.add(item);
            bytes += size;
        }
        if (!portion.isEmpty()) {
            portions.add(List.copyOf(portion));
        }
        return portions;
    }

    /** Sends UPDATE requests for one portion; with {@code upsert} items that are not there are created. */
    Result update(List<ObjectNode> items, boolean upsert, Lane lane) {
        return update(items, upsert, lane, false);
    }

    /** As above; a shy batch is refused as throttled rather than wait for the budget. */
    Result update(List<ObjectNode> items, boolean upsert, Lane lane, boolean isShy) {
        Set<String> skus = new LinkedHashSet<>();
        items.forEach(item -> skus.add(item.path("id").asText()));
        List<String> unfinished = new ArrayList<>();
        open.enter(skus, handle -> handles.ended(handle, lane));
        try {
            JsonNode answer =
                    client.batch("itemsBatch", lane, isShy, catalogue + "/items_batch", requests(items, upsert));
            return follow(answer, skus, lane, unfinished);
        } finally {
            open.leave(skus, unfinished);
        }
    }

    private Result follow(JsonNode answer, Set<String> skus, Lane lane, List<String> unfinished) {
        Map<String, String> refused = new LinkedHashMap<>();
        for (JsonNode status : answer.path("validation_status")) {
            if (!status.path("errors").isEmpty()) {
                refused.put(
                        status.path("retailer_id").asText(),
                        status.path("errors").path(0).path("message").asText("refused"));
            }
        }
        if (answer.path("handles").isEmpty()) {
            skus.forEach(sku -> refused.putIfAbsent(sku, "nothing of the batch was accepted"));
            return new Result(refused, "");
        }
        String doubt = "";
        for (JsonNode handle : answer.path("handles")) {
            BatchHandles.Ending ending = handles.follow(handle.asText(), lane);
            ending.refused().forEach(refused::putIfAbsent);
            if (!ending.ended()) {
                unfinished.add(handle.asText());
            }
            doubt = ending.doubt().isEmpty() ? doubt : ending.doubt();
        }
        return new Result(refused, doubt);
    }

    private static ObjectNode requests(List<ObjectNode> items, boolean upsert) {
        ObjectNode body = GraphClient.JSON
                .createObjectNode()
                .put("item_type", "PRODUCT_ITEM")
                .put("allow_upsert", upsert);
        ArrayNode requests = body.putArray("requests");
        items.forEach(item -> requests.addObject().put("method", "UPDATE").set("data", item));
        return body;
    }
}
