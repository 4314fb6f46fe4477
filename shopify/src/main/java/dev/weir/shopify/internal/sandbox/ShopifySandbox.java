package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in for a Shopify shop? One location, GraphQL 2026-10 with its three layers of errors, query costs and
 * idempotency keys; stock that orders and the Admin API move as at the platform; signed webhooks.
 */
final class ShopifySandbox implements SandboxPlatform {
    static final String VERSION = "2026-10";
    static final String LOCATION = "75596366001";
    static final String SHOP = "weir-demo.myshopify.com";
    /** The stubs of {@code mappings/shopify/stubs} refuse every other token. */
    private static final String TOKEN = "shpat_sandbox";

    private static final String SECRET = "shpss_sandbox";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Shelf shelf;
    private final ShopOrders orders;
    private final ShopCatalogue catalogue;
    private final InventoryMutations inventory;
    private final OrderMutations mutations;
    private final CostBucket bucket;
    private final SandboxStore store;

    ShopifySandbox(SandboxStore store, Clock clock) {
        this.store = store;
        shelf = new Shelf(store);
        orders = new ShopOrders(store, clock);
        catalogue = new ShopCatalogue(shelf, orders);
        inventory = new InventoryMutations(store, shelf, clock);
        mutations = new OrderMutations(shelf, orders);
        bucket = new CostBucket(clock);
    }

    @Override
    public String channel() {
        return "shopify";
    }

    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "baseUrl", baseUrl.toString(),
                "shop", SHOP,
                "accessToken", TOKEN,
                "webhookSecret", SECRET,
                "locationId", LOCATION);
    }

    @Override
    public void seed(List<SandboxProduct> products) {
        products.forEach(shelf::add);
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        ObjectNode answer;
        try {
            answer = graphQl(JSON.readTree(request.text()));
        } catch (JsonProcessingException e) {
            answer = failed(new GraphQlFailure("BAD_REQUEST", "The request body is not JSON"));
        } catch (GraphQlFailure e) {
            answer = failed(e);
        } catch (IllegalArgumentException e) {
            answer = failed(new GraphQlFailure("PARSE_ERROR", String.valueOf(e.getMessage())));
        }
        return new SandboxAnswer(
                200,
                Map.of("Content-Type", "application/json; charset=utf-8", "X-Shopify-API-Version", VERSION),
                answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        ObjectNode order = store.locked(() -> {
            ObjectNode item = shelf.sell(sku, quantity);
            return orders.ofShopper(item, quantity);
        });
        byte[] body = order.toString().getBytes(StandardCharsets.UTF_8);
        return new Sale(
                order.path("id").asText(),
                new SandboxDelivery(orders.deliveryHeaders("orders/create", order, body, SECRET), body));
    }

    @Override
    public void ship(String orderId) {
        store.locked(() -> {
            orders.ship(orderId);
            return orderId;
        });
    }

    @Override
    public int cancellations(String orderId) {
        return orders.cancellations(orderId);
    }

    @Override
    public Map<Sku, Integer> stock() {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        for (ObjectNode item : shelf.all()) {
            units.put(
                    new Sku(item.path("sku").asText()),
                    Math.max(0, item.path("available").asInt()));
        }
        return units;
    }

    @Override
    public List<String> orders() {
        return orders.all().stream().map(ObjectNode::toString).toList();
    }

    private ObjectNode graphQl(JsonNode body) {
        GraphQl.Operation operation = GraphQl.read(body.path("query").asText(), body.path("variables"));
        double cost = QueryRules.cost(operation);
        if (cost > 1000) {
            throw new GraphQlFailure(
                    "MAX_COST_EXCEEDED",
                    "Query cost is " + cost + ", which exceeds the single query max cost limit (1000).");
        }
        if (!bucket.take(cost)) {
            ObjectNode throttled = failed(new GraphQlFailure("THROTTLED", "Throttled"));
            throttled.set("extensions", bucket.told(cost, true));
            return throttled;
        }
        ObjectNode answer = SandboxStore.document();
        ObjectNode data = answer.putObject("data");
        try {
            for (GraphQl.Selection root : operation.roots()) {
                JsonNode whole = store.locked(() -> run(operation.type(), root));
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

    private JsonNode run(String type, GraphQl.Selection root) {
        return switch (type + " " + root.name()) {
            case "query shop" -> catalogue.shop();
            case "query location" -> catalogue.location(root);
            case "query nodes" -> catalogue.nodes(root);
            case "query productVariants" -> catalogue.variants(root);
            case "query orders" -> catalogue.orders(root);
            case "query order" -> catalogue.order(root);
            case "mutation inventorySetQuantities" -> inventory.set(root);
            case "mutation orderCreate" -> mutations.create(root);
            case "mutation orderCancel" -> mutations.cancel(root);
            default -> throw new GraphQlFailure("undefinedField", "Field '" + root.name() + "' doesn't exist on type");
        };
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
}
