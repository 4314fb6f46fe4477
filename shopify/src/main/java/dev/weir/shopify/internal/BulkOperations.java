package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How does a long query run at the shop while we wait? One of a kind at a time: a query that runs already, begun by another hub
 * or by a process that died, is joined instead of begun again; that settles a lost answer too.
 *
 * <p>Bounds: asked for its state after 0.25 s, 0.5 s … 15 s, for 30 minutes in all; then {@link Fault#TRANSIENT}, and the cursor
 * handed out before finds it again.
 */
final class BulkOperations {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    private static final Duration BUSY = Duration.ofSeconds(60);
    private static final Set<String> UNDER_WAY = Set.of("CREATED", "RUNNING");

    private static final Operation RUN = new Operation("BulkRun", Lane.CATALOGUE, 10, """
            mutation BulkRun($query: String!) {
              bulkOperationRunQuery(query: $query, groupObjects: false) {
                bulkOperation { id status }
                userErrors { field message code }
              }
            }""");

    private static final Operation LATEST = new Operation("BulkLatest", Lane.CATALOGUE, 10, """
            query BulkLatest {
              bulkOperations(first: 10, sortKey: CREATED_AT, reverse: true) { nodes { id status type query } }
            }""");

    private static final Operation STATE = new Operation("BulkState", Lane.CATALOGUE, 1, """
            query BulkState($id: ID!) {
              bulkOperation(id: $id) { id status errorCode objectCount url }
            }""");

    private final ShopifyClient client;

    BulkOperations(ShopifyClient client) {
        this.client = client;
    }

    /** The operation that runs {@code query}: one under way, or a new one. */
    String begin(String query) {
        String running = underWay(query);
        if (running != null) {
            return running;
        }
        JsonNode payload;
        try {
            payload = client.once(RUN, ShopifyClient.variables().put("query", query))
                    .path("bulkOperationRunQuery");
        } catch (ChannelException e) {
            String begun = e.fault() == Fault.OUTCOME_UNKNOWN ? underWay(query) : null;
            if (begun == null) {
                throw e;
            }
            return begun;
        }
        List<UserError> errors = UserError.of(payload, "userErrors");
        if (!errors.isEmpty()) {
            throw refusal(errors.getFirst());
        }
        return payload.path("bulkOperation").path("id").asText();
    }

    /** Whether the shop still has {@code operation}, done or under way. */
    boolean isReadable(String operation) {
        String status = state(operation).path("status").asText();
        return UNDER_WAY.contains(status) || status.equals("COMPLETED");
    }

    /** Where the result lies; null when it is empty. */
    @Nullable
    String awaitUrl(String operation) {
        Duration pause = FIRST_PAUSE;
        Duration waited = Duration.ZERO;
        while (true) {
            JsonNode state = state(operation);
            String status = state.path("status").asText();
            if (status.equals("COMPLETED")) {
                return state.hasNonNull("url") ? state.path("url").asText() : null;
            }
            if (!UNDER_WAY.contains(status)) {
                throw new ChannelException(
                        Fault.TRANSIENT,
                        operation + ": ended as " + status + " "
                                + state.path("errorCode").asText(""));
            }
            if (waited.compareTo(LONGEST_WAIT) > 0) {
                throw new ChannelException(
                        Fault.TRANSIENT, operation + ": still " + status + " after " + LONGEST_WAIT, BUSY, null);
            }
            Waits.REAL.pause(pause, operation);
            waited = waited.plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private JsonNode state(String operation) {
        return client.repeatable(STATE, ShopifyClient.variables().put("id", operation))
                .path("bulkOperation");
    }

    private @Nullable String underWay(String query) {
        JsonNode latest = client.repeatable(LATEST, ShopifyClient.variables())
                .path("bulkOperations")
                .path("nodes");
        for (JsonNode operation : latest) {
            if (UNDER_WAY.contains(operation.path("status").asText())
                    && words(operation.path("query").asText()).equals(words(query))) {
                return operation.path("id").asText();
            }
        }
        return null;
    }

    private static String words(String query) {
        return query.replaceAll("\\s+", " ").strip();
    }

    /** Other apps of the shop's owner may hold the five places: that is no refusal of ours. */
    private static ChannelException refusal(UserError error) {
        return switch (error.code()) {
            case "OPERATION_IN_PROGRESS", "LIMIT_REACHED" ->
                new ChannelException(Fault.THROTTLED, "BulkRun: " + error, BUSY, null);
            default -> error.as(Fault.REJECTED, "BulkRun");
        };
    }
}
