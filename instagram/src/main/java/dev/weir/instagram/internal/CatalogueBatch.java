package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How do changes get into Meta's catalogue, and what became of each? {@code items_batch} takes a list at once and works on
 * it later: what is refused shows in the answer ({@code validation_status}) or, afterwards, under the batch's handle.
 */
public final class CatalogueBatch {
    /** Meta recommends fewer than 3,000 requests and takes 28 MB; an answer about 500 items stays readable. */
    static final int MOST = 500;

    /** Half a minute in all; a batch of a few items is through within the first waits. */
    private static final long[] PAUSES = {50, 100, 250, 500, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000};

    private final GraphClient client;
    private final Connection connection;
    private final ReentrantLock turn;

    /** Batches into one catalogue; {@code turn} is shared by all that change it. */
    public CatalogueBatch(GraphClient client, Connection connection, ReentrantLock turn) {
        this.client = client;
        this.connection = connection;
        this.turn = turn;
    }

    /**
     * What came of a batch.
     *
     * @param refused reasons by SKU
     * @param certain whether all that is not named in {@code refused} was taken; else it must be read back
     */
    record Result(Map<String, String> refused, boolean certain) {}

    /** Sends UPDATE requests for {@code items} (at most 500); with {@code upsert} those that are not there are created. */
    Result update(List<ObjectNode> items, boolean upsert) {
        ObjectNode body = GraphClient.JSON
                .createObjectNode()
                .put("item_type", "PRODUCT_ITEM")
                .put("allow_upsert", upsert);
        ArrayNode requests = body.putArray("requests");
        items.forEach(item -> requests.addObject().put("method", "UPDATE").set("data", item));
        turn.lock();
        try {
            JsonNode answer = client.repeatable("itemsBatch", path("/items_batch"), body);
            Map<String, String> refused = new LinkedHashMap<>();
            for (JsonNode status : answer.path("validation_status")) {
                if (!status.path("errors").isEmpty()) {
                    refused.put(
                            status.path("retailer_id").asText(),
                            status.path("errors").path(0).path("message").asText("refused"));
                }
            }
            JsonNode handle = answer.path("handles").path(0);
            return handle.isTextual() ? follow(handle.asText(), refused) : new Result(refused, false);
        } finally {
            turn.unlock();
        }
    }

    private Result follow(String handle, Map<String, String> refused) {
        Map<String, String> query = Map.of("handle", handle, "load_ids_of_invalid_requests", "true");
        JsonNode status = check(query);
        for (int at = 0; at < PAUSES.length && !done(status); at++) {
            pause(PAUSES[at]);
            status = check(query);
        }
        int told = 0;
        for (JsonNode error : status.path("errors")) {
            refused.put(error.path("id").asText(), error.path("message").asText("refused"));
            told++;
        }
        for (JsonNode id : status.path("ids_of_invalid_requests")) {
            refused.putIfAbsent(id.asText(), "refused");
        }
        boolean complete = status.path("errors_total_count").asInt() <= told;
        return new Result(refused, status.path("status").asText().equals("finished") && complete);
    }

    private JsonNode check(Map<String, String> query) {
        return client.get("itemsBatchStatus", path("/check_batch_request_status"), query)
                .path("data")
                .path(0);
    }

    private static boolean done(JsonNode status) {
        return switch (status.path("status").asText()) {
            case "started", "in_progress" -> false;
            default -> true;
        };
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(Fault.OUTCOME_UNKNOWN, "itemsBatch: interrupted", null, e);
        }
    }

    private String path(String edge) {
        return "/" + GraphClient.encode(connection.setting("catalogId")) + edge;
    }
}
