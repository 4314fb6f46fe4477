package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.Waits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a batch behind its handle? Asked until it has ended, half a minute in all. Errors can come without the item
 * they are about, and fewer are listed than counted: then nothing is certain, and the items must be read.
 */
final class BatchHandles {
    /** A batch of a few items is through within the first waits. */
    private static final long[] PAUSES = {50, 100, 250, 500, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000};

    private final GraphClient client;
    private final String catalogue;

    BatchHandles(GraphClient client, String catalogue) {
        this.client = client;
        this.catalogue = catalogue;
    }

    /**
     * @param refused reasons by SKU
     * @param ended whether Meta works on it no longer
     * @param doubt why the items that are not refused must be read back; empty when they were all taken
     */
    record Ending(Map<String, String> refused, boolean ended, String doubt) {}

    /** Whether Meta works on the batch no longer; a handle that it does not know any more has ended. */
    boolean ended(String handle, Lane lane) {
        try {
            return ended(check(handle, lane));
        } catch (ChannelException e) {
            if (forgotten(e)) {
                return true;
            }
            throw e;
        }
    }

    /** Waits for the end of the batch. */
    Ending follow(String handle, Lane lane) {
        try {
            JsonNode status = check(handle, lane);
            for (int at = 0; at < PAUSES.length && !ended(status); at++) {
                Waits.REAL.pause(Duration.ofMillis(PAUSES[at]), "itemsBatch");
                status = check(handle, lane);
            }
            return read(status);
        } catch (ChannelException e) {
            if (e.fault() == Fault.UNAUTHORISED) {
                throw e;
            }
            return new Ending(
                    Map.of(), forgotten(e), "the batch was accepted, its state cannot be read: " + e.getMessage());
        }
    }

    private static Ending read(JsonNode status) {
        Map<String, String> refused = new LinkedHashMap<>();
        int named = 0;
        String nameless = "";
        for (JsonNode error : status.path("errors")) {
            String message = error.path("message").asText("refused");
            if (error.path("id").asText().isBlank()) {
                nameless = message;
            } else {
                refused.put(error.path("id").asText(), message);
                named++;
            }
        }
        for (JsonNode id : status.path("ids_of_invalid_requests")) {
            refused.putIfAbsent(id.asText(), "refused");
        }
        return new Ending(refused, ended(status), doubt(status, named, nameless));
    }

    private static String doubt(JsonNode status, int named, String nameless) {
        String state = status.path("status").asText("missing");
        if (!state.equals("finished")) {
            return ended(status) ? "the batch ended as " + state : "Meta is still working on it";
        }
        if (!nameless.isEmpty()) {
            return "an error that names no item: " + nameless;
        }
        int counted = status.path("errors_total_count").asInt();
        return counted > named ? counted + " errors, of which " + named + " are listed" : "";
    }

    private JsonNode check(String handle, Lane lane) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("handle", handle);
        query.put("load_ids_of_invalid_requests", "true");
        query.put("error_priority", "HIGH");
        return client.get("itemsBatchStatus", lane, catalogue + "/check_batch_request_status", query)
                .path("data")
                .path(0);
    }

    private static boolean ended(JsonNode status) {
        return switch (status.path("status").asText()) {
            case "started", "in_progress" -> false;
            default -> true;
        };
    }

    private static boolean forgotten(ChannelException e) {
        return e.fault() == Fault.REJECTED || e.fault() == Fault.NOT_FOUND;
    }
}
