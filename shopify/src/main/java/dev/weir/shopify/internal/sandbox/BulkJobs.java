package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How do bulk queries run? By themselves, five at most: CREATED, RUNNING, then a file at an address that is signed by itself. */
final class BulkJobs {
    private static final String JOBS = "bulk";
    private static final Duration CREATED = Duration.ofMillis(100);
    private static final Duration LEAST = Duration.ofMillis(400);
    private static final int MOST = 5;

    private final SandboxStore store;
    private final Shelf shelf;
    private final Clock clock;
    private final ShopQuirk.Switches quirks;
    private final String secret;

    BulkJobs(SandboxStore store, Shelf shelf, Clock clock, ShopQuirk.Switches quirks, String secret) {
        this.store = store;
        this.shelf = shelf;
        this.clock = clock;
        this.quirks = quirks;
        this.secret = secret;
    }

    JsonNode run(GraphQl.Selection call) {
        ObjectNode payload = SandboxStore.document();
        payload.putNull("bulkOperation");
        ArrayNode errors = payload.putArray("userErrors");
        String query = call.argument("query").asText();
        String refusal = BulkRules.refusal(query);
        if (refusal != null) {
            error(errors, "INVALID", refusal).putArray("field").add("query");
        } else if (quirks.isOn(ShopQuirk.BULK_BUSY) || running() >= MOST) {
            error(
                            errors,
                            "OPERATION_IN_PROGRESS",
                            "A bulk query operation for this app and shop is already in progress")
                    .putNull("field");
        } else {
            long id = 6_000_000_000_000L + store.next(JOBS);
            ObjectNode job = SandboxStore.document()
                    .put("id", id)
                    .put("query", query)
                    .put("createdAt", clock.instant().toString());
            store.put(JOBS, Long.toString(id), job);
            payload.set("bulkOperation", view(job, ""));
        }
        return payload;
    }

    JsonNode one(GraphQl.Selection call, String host) {
        String id = call.argument("id").asText();
        InventoryMutations.gid("BulkOperation", id);
        ObjectNode job = store.get(JOBS, InventoryMutations.number(id));
        return job == null ? NullNode.getInstance() : view(job, host);
    }

    JsonNode list(GraphQl.Selection call, String host) {
        List<ObjectNode> jobs = new ArrayList<>(store.list(JOBS));
        if (call.argument("reverse").asBoolean()) {
            Collections.reverse(jobs);
        }
        return Pages.of(jobs.stream().map(job -> view(job, host)).toList(), call);
    }

    JsonNode cancel(GraphQl.Selection call) {
        String id = call.argument("id").asText();
        InventoryMutations.gid("BulkOperation", id);
        ObjectNode payload = SandboxStore.document();
        payload.putNull("bulkOperation");
        ArrayNode errors = payload.putArray("userErrors");
        ObjectNode job = store.get(JOBS, InventoryMutations.number(id));
        if (job == null) {
            error(errors, "INVALID", "Bulk operation does not exist")
                    .putArray("field")
                    .add("id");
        } else if (!List.of("CREATED", "RUNNING").contains(status(job))) {
            error(errors, "INVALID", "A bulk operation cannot be canceled when it is completed")
                    .putNull("field");
        } else {
            store.put(JOBS, InventoryMutations.number(id), job.put("canceled", true));
            payload.set("bulkOperation", view(job, ""));
        }
        return payload;
    }

    /** The selection of each row of {@code id}'s result; throws IllegalArgumentException when there is none, or a wrong signature. */
    List<GraphQl.Selection> rows(String id, String signature) {
        ObjectNode job = store.get(JOBS, id);
        if (job == null || !status(job).equals("COMPLETED") || !Signatures.same(sign(id), signature)) {
            throw new IllegalArgumentException(
                    "result: " + id + " (expected: one that is done, at its signed address)");
        }
        return BulkRules.node(job.path("query").asText());
    }

    private ObjectNode view(ObjectNode job, String host) {
        String id = job.path("id").asText();
        String status = status(job);
        boolean done = status.equals("COMPLETED");
        long count = done ? shelf.count() : 0;
        ObjectNode view = SandboxStore.document()
                .put("id", "gid://shopify/BulkOperation/" + id)
                .put("status", status)
                .put("type", "QUERY")
                .put("query", job.path("query").asText())
                .put("createdAt", job.path("createdAt").asText())
                .put("objectCount", Long.toString(count))
                .put("rootObjectCount", Long.toString(count));
        view.put("errorCode", status.equals("FAILED") ? "INTERNAL_SERVER_ERROR" : null);
        view.put(
                "url", count == 0 ? null : "http://" + host + "/shopify/bulk-results/" + id + "?signature=" + sign(id));
        view.set("partialDataUrl", JsonNodeFactory.instance.nullNode());
        return view;
    }

    private String status(ObjectNode job) {
        Instant begun = Instant.parse(job.path("createdAt").asText());
        Duration age = Duration.between(begun, clock.instant());
        if (job.path("canceled").asBoolean()) {
            return "CANCELED";
        }
        if (age.compareTo(CREATED) < 0) {
            return "CREATED";
        }
        if (age.compareTo(LEAST.plusNanos(shelf.count() * 10_000)) < 0 || quirks.isOn(ShopQuirk.BULK_SLOW)) {
            return "RUNNING";
        }
        return quirks.isOn(ShopQuirk.BULK_FAILS) ? "FAILED" : "COMPLETED";
    }

    private long running() {
        return store.list(JOBS).stream()
                .filter(job -> List.of("CREATED", "RUNNING").contains(status(job)))
                .count();
    }

    private String sign(String id) {
        return Signatures.hex(Signatures.hmacSha256(secret + "-results", id.getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode error(ArrayNode errors, String code, String message) {
        return errors.addObject().put("code", code).put("message", message);
    }
}
