package dev.weir.magento.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of many writes that the shop took into its queue? Accepting says nothing: each operation is asked for until it is done
 * or refused, for at most 50 readings over about 90 s; what is open then is {@link Fault#OUTCOME_UNKNOWN}. The order of operations is
 * nobody's promise, so the caller never sends two of one SKU.
 */
final class Bulk {
    private static final int MOST_READINGS = 50;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final MagentoClient client;

    Bulk(MagentoClient client) {
        this.client = client;
    }

    /** Sends {@code bodies} to {@code path}, one operation each; what became of them, in their order. */
    List<Done> run(String operation, String path, List<JsonNode> bodies) {
        ArrayNode all = MagentoClient.JSON.createArrayNode();
        bodies.forEach(all::add);
        String uuid =
                client.queued().once(operation, path, all).path("bulk_uuid").asText();
        Map<Integer, Done> done = new HashMap<>();
        Duration pause = FIRST_PAUSE;
        for (int reading = 0; reading < MOST_READINGS && done.size() < bodies.size(); reading++) {
            Waits.REAL.pause(pause, operation);
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            read(uuid, bodies.size(), done);
        }
        List<Done> ends = new ArrayList<>();
        for (int at = 0; at < bodies.size(); at++) {
            ends.add(done.getOrDefault(at, open(uuid)));
        }
        return ends;
    }

    private void read(String uuid, int size, Map<Integer, Done> done) {
        JsonNode status = client.get("bulkStatus", "/bulk/" + Search.encode(uuid) + "/detailed-status");
        for (JsonNode operation : status.path("operations_list")) {
            int at = operation.path("id").asInt(-1);
            Done end = end(operation);
            if (at >= 0 && at < size && end != null) {
                done.put(at, end);
            }
        }
    }

    private static @Nullable Done end(JsonNode operation) {
        String why = "operation " + operation.path("id").asText() + ": "
                + operation.path("result_message").asText("no message");
        return switch (operation.path("status").asInt()) {
            case 1 -> new Done(null, result(operation.path("result_serialized_data")));
            case 2 -> new Done(new ChannelException(Fault.TRANSIENT, why), MissingNode.getInstance());
            case 3, 5 -> new Done(new ChannelException(Fault.REJECTED, why), MissingNode.getInstance());
            default -> null;
        };
    }

    /** Some shops send the result as text that holds JSON. */
    private static JsonNode result(JsonNode data) {
        try {
            return data.isTextual() ? MagentoClient.JSON.readTree(data.asText()) : data;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static Done open(String uuid) {
        return new Done(
                new ChannelException(
                        Fault.OUTCOME_UNKNOWN,
                        "bulk " + uuid + ": still open (expected: done; is its consumer running?)"),
                MissingNode.getInstance());
    }

    /** How one operation ended; {@code result} is what the call would have answered, where the shop keeps it. */
    record Done(@Nullable ChannelException fault, JsonNode result) {}
}
