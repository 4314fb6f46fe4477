package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands in for Meta's catalogue? Batches that are worked on behind a handle, reads, usage headers; every call proves
 * the app's secret. It sells nothing: buyers go to the brand's checkout. The stubs of {@code mappings/instagram/stubs}
 * check token and version, and refuse the removed order edges.
 */
final class InstagramSandbox implements SandboxPlatform {
    private static final String TOKEN = "EAAsandbox";
    private static final String SECRET = "meta-sandbox-app-secret";
    private static final String CATALOGUE = "24000000000000099";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROOF =
            Signatures.hex(Signatures.hmacSha256(SECRET, TOKEN.getBytes(StandardCharsets.UTF_8)));
    private static final int MAX_PAGE = 100;

    private final SandboxStore store;
    private final Catalogue catalogue;
    private final CallBudget budget;

    InstagramSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        catalogue = new Catalogue(store);
        budget = new CallBudget(clock);
    }

    @Override
    public String channel() {
        return "instagram";
    }

    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "baseUrl", baseUrl.toString(),
                "accessToken", TOKEN,
                "appSecret", SECRET,
                "catalogId", CATALOGUE,
                "shopUrl", "https://shop.example/products");
    }

    @Override
    public void seed(List<SandboxProduct> products) {
        products.forEach(catalogue::seed);
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        try {
            if (!Signatures.same(PROOF, request.query().getOrDefault("appsecret_proof", ""))) {
                throw new GraphError(
                        100, "GraphMethodException", "Invalid appsecret_proof provided in the API argument");
            }
            return answer(200, store.locked(() -> carryOut(operation, request)));
        } catch (GraphError e) {
            return answer(400, e.body());
        }
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        throw new IllegalArgumentException(
                "instagram: orders are placed on the brand's own checkout since 2025-09-04; open the checkout link with"
                        + " ?products=" + URLEncoder.encode(sku + ":" + quantity, StandardCharsets.UTF_8));
    }

    @Override
    public Map<Sku, Integer> stock() {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        for (ObjectNode item : catalogue.items()) {
            boolean sells = item.path("availability").asText().equals("in stock");
            units.put(
                    new Sku(item.path("retailer_id").asText()),
                    sells ? item.path("quantity_to_sell_on_facebook").asInt() : 0);
        }
        return units;
    }

    @Override
    public List<String> orders() {
        return List.of();
    }

    private ObjectNode carryOut(String operation, SandboxRequest request) {
        return switch (operation) {
            case "catalogue" ->
                SandboxStore.document()
                        .put("id", CATALOGUE)
                        .put("name", "Weir demo")
                        .put("vertical", "commerce")
                        .put("product_count", catalogue.items().size());
            case "products" -> products(request.query());
            case "itemsBatch" -> {
                budget.spend();
                yield catalogue.batch(json(request.text()));
            }
            case "itemsBatchStatus" -> catalogue.status(request.query());
            default -> throw GraphError.parameter("Operation " + operation + " is not known to this sandbox");
        };
    }

    private ObjectNode products(Map<String, String> query) {
        Set<String> wanted = wanted(query.getOrDefault("filter", ""));
        List<ObjectNode> found = catalogue.items().stream()
                .filter(item -> wanted.isEmpty()
                        || wanted.contains(item.path("retailer_id").asText()))
                .toList();
        int from = number(query.getOrDefault("after", ""), 0);
        int limit = Math.clamp(number(query.getOrDefault("limit", ""), 25), 1, MAX_PAGE);
        int to = Math.min(found.size(), from + limit);
        ObjectNode answer = SandboxStore.document();
        ArrayNode data = answer.putArray("data");
        found.subList(Math.min(from, to), to)
                .forEach(item -> data.add(fields(item, query.getOrDefault("fields", "id"))));
        ObjectNode paging = answer.putObject("paging");
        paging.putObject("cursors").put("before", Integer.toString(from)).put("after", Integer.toString(to));
        if (to < found.size()) {
            paging.put("next", "https://graph.facebook.com/next");
        }
        return answer;
    }

    private static ObjectNode fields(ObjectNode item, String fields) {
        ObjectNode shown = item.deepCopy();
        Set<String> names = new HashSet<>(List.of(fields.split(",", -1)));
        names.add("id");
        return shown.retain(names);
    }

    private static Set<String> wanted(String filter) {
        JsonNode rule =
                filter.isBlank() ? JSON.createObjectNode() : json(filter).path("retailer_id");
        Set<String> wanted = new HashSet<>();
        rule.path("is_any").forEach(id -> wanted.add(id.asText()));
        if (rule.has("eq")) {
            wanted.add(rule.path("eq").asText());
        }
        return wanted;
    }

    private static int number(String text, int fallback) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : fallback;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw GraphError.parameter("Invalid JSON");
        }
    }

    private SandboxAnswer answer(int status, ObjectNode body) {
        return new SandboxAnswer(
                status,
                Map.of(
                        "Content-Type", "application/json",
                        "X-App-Usage", "{\"call_count\":1,\"total_time\":1,\"total_cputime\":1}",
                        "X-Business-Use-Case-Usage", budget.usage(CATALOGUE)),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
