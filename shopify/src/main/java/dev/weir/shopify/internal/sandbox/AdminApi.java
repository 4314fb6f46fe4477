package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How is a GraphQL call answered: version, token, cost, then each root field; errors in Shopify's three layers? */
final class AdminApi {
    /** Those in support in November 2026, oldest first; a retired one is answered by the oldest. */
    private static final List<String> VERSIONS = List.of("2026-01", "2026-04", "2026-07", "2026-10", "2027-01");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxStore store;
    private final CostBucket bucket;
    private final ShopQuirk.Switches quirks;
    private final Fields fields;

    AdminApi(SandboxStore store, CostBucket bucket, ShopQuirk.Switches quirks, Fields fields) {
        this.store = store;
        this.bucket = bucket;
        this.quirks = quirks;
        this.fields = fields;
    }

    /** The answer to a call whose token may do what {@code scopes} say. */
    SandboxAnswer answer(SandboxRequest request, String scopes) {
        String version = served(request.path());
        if (version == null) {
            return error(404, "Not Found");
        }
        if (!String.valueOf(request.header("content-type")).contains("application/json")) {
            return error(415, "Unsupported Media Type");
        }
        if (quirks.isOn(ShopQuirk.EDGE_429)) {
            return new SandboxAnswer(429, Map.of("Retry-After", "1.0"), new byte[0]);
        }
        ObjectNode answer;
        boolean mutation = false;
        try {
            JsonNode body = JSON.readTree(request.text());
            GraphQl.Operation operation = GraphQl.read(body.path("query").asText(), body.path("variables"));
            mutation = operation.type().equals("mutation");
            answer = run(operation, new Call(version, String.valueOf(request.header("host")), scopes));
        } catch (JsonProcessingException e) {
            answer = failed(new GraphQlFailure("BAD_REQUEST", "The request body is not JSON"));
        } catch (GraphQlFailure e) {
            answer = failed(e);
        } catch (IllegalArgumentException e) {
            answer = failed(new GraphQlFailure("PARSE_ERROR", String.valueOf(e.getMessage())));
        }
        if (mutation && quirks.isOn(ShopQuirk.ERROR_AFTER_WRITE)) {
            return error(502, "Bad Gateway");
        }
        return new SandboxAnswer(
                200,
                Map.of("Content-Type", "application/json; charset=utf-8", "X-Shopify-API-Version", version),
                answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    static SandboxAnswer error(int status, String errors) {
        return SandboxAnswer.json(status, SandboxStore.document().put("errors", errors));
    }

    /** The version that answers {@code /admin/api/<version>/graphql.json}; null for one that is not made yet. */
    private @Nullable String served(String path) {
        String asked = path.split("/", -1)[3];
        if (asked.compareTo(VERSIONS.getFirst()) < 0) {
            return VERSIONS.getFirst();
        }
        int at = VERSIONS.indexOf(asked);
        return at < 0 ? null : VERSIONS.get(quirks.isOn(ShopQuirk.VERSION_RETIRED) ? Math.max(0, at - 1) : at);
    }

    private ObjectNode run(GraphQl.Operation operation, Call call) {
        double cost = QueryRules.cost(operation);
        if (cost > 1000) {
            throw new GraphQlFailure(
                    "MAX_COST_EXCEEDED",
                    "Query cost is " + cost + ", which exceeds the single query max cost limit (1000).");
        }
        if (quirks.isOn(ShopQuirk.THROTTLED) || !bucket.take(cost)) {
            ObjectNode throttled = failed(new GraphQlFailure("THROTTLED", "Throttled"));
            throttled.set("extensions", bucket.told(cost, true));
            return throttled;
        }
        ObjectNode answer = SandboxStore.document();
        ObjectNode data = answer.putObject("data");
        try {
            for (GraphQl.Selection root : operation.roots()) {
                Scopes.check(call.scopes(), root.name());
                JsonNode whole = store.locked(() -> fields.run(operation.type() + " " + root.name(), root, call));
                data.set(root.name(), QueryRules.project(whole, root.children()));
            }
        } catch (GraphQlFailure e) {
            ObjectNode failed = failed(e);
            if (operation.type().equals("mutation")) {
                failed.putObject("data").putNull(operation.roots().getFirst().name());
            }
            return failed;
        }
        answer.set("extensions", bucket.told(cost, false));
        return answer;
    }

    private static ObjectNode failed(GraphQlFailure failure) {
        ObjectNode answer = SandboxStore.document();
        answer.putArray("errors")
                .addObject()
                .put("message", String.valueOf(failure.getMessage()))
                .putObject("extensions")
                .put("code", failure.code());
        return answer;
    }

    /** Which version answers, at which host the shop is reached, and what the caller may do. */
    record Call(String version, String host, String scopes) {}

    /** Who carries out root fields? */
    @FunctionalInterface
    interface Fields {
        /** What {@code field}, such as {@code query shop}, gives; throws {@link GraphQlFailure}. */
        JsonNode run(String field, GraphQl.Selection selection, Call call);
    }
}
