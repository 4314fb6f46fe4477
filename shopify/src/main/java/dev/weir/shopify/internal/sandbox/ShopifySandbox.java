package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What stands in for a Shopify shop? One location, GraphQL 2026-10 with its three layers of errors, query costs, idempotency keys
 * and bulk operations; stock that orders and the Admin API move as at the platform; tokens that lapse; signed webhooks; and, at
 * the flip of a {@link ShopQuirk}, its bad days.
 */
final class ShopifySandbox implements SandboxPlatform {
    static final String VERSION = "2026-10";
    static final String LOCATION = "75596366001";
    static final String SHOP = "weir-demo.myshopify.com";

    /** A token as made by hand in a shop's admin: it does not lapse. */
    private static final String TOKEN = "shpat_sandbox";

    private static final String SECRET = "shpss_sandbox";
    private static final int MOST_BY_HAND = 1_000_000;

    private final SandboxStore store;
    private final ShopQuirk.Switches quirks = new ShopQuirk.Switches();
    private final Shelf shelf;
    private final ShopOrders orders;
    private final ShopCatalogue catalogue;
    private final InventoryMutations inventory;
    private final MoveMutation moves;
    private final PriceMutation prices;
    private final OrderMutations mutations;
    private final AfterSales afterSales;
    private final BulkJobs bulk;
    private final BulkFiles files;
    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final OAuthDesk desk;
    private final AdminApi api;

    ShopifySandbox(SandboxStore store, Clock clock) {
        this.store = store;
        Idempotency keys = new Idempotency(clock);
        shelf = new Shelf(store, clock);
        orders = new ShopOrders(store, clock, quirks);
        catalogue = new ShopCatalogue(shelf, orders);
        inventory = new InventoryMutations(store, shelf, keys, quirks);
        moves = new MoveMutation(store, shelf, keys, quirks);
        prices = new PriceMutation(shelf);
        bulk = new BulkJobs(store, shelf, clock, quirks, SECRET);
        files = new BulkFiles(store, shelf, bulk, quirks);
        subscriptions = new Subscriptions(store);
        deliveries = new Deliveries(clock, quirks, subscriptions, SECRET);
        mutations = new OrderMutations(shelf, orders, deliveries::push);
        afterSales = new AfterSales(orders, keys, deliveries::push);
        desk = new OAuthDesk(store, clock, SECRET);
        api = new AdminApi(store, new CostBucket(clock, quirks), quirks, this::run);
        shelf.onChange(item -> ShopNews.of(item, clock.instant(), deliveries::push));
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
                "clientId", OAuthDesk.CLIENT,
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
        return switch (operation) {
            case "graphql" -> graphQl(request);
            case "authorize" -> desk.page(request);
            case "decide" -> desk.decide(request);
            case "token" -> desk.token(request);
            case "result" -> files.answer(request);
            default -> throw new IllegalArgumentException("operation: " + operation + " (expected: one of the stubs')");
        };
    }

    private SandboxAnswer graphQl(SandboxRequest request) {
        String token = request.header("x-shopify-access-token");
        String scopes = TOKEN.equals(token) ? Scopes.ALL : desk.scopes(token);
        return scopes == null || quirks.isOn(ShopQuirk.TOKENS_LAPSED)
                ? AdminApi.error(401, "[API] Invalid API key or access token (unrecognized login or wrong password)")
                : api.answer(request, scopes);
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        ObjectNode order = store.locked(() -> {
            ObjectNode item = shelf.sell(sku, quantity);
            return orders.ofShopper(item, quantity);
        });
        return new Sale(order.path("id").asText(), deliveries.ofSale(order));
    }

    @Override
    public void ship(String orderId) {
        ObjectNode fulfilment = store.locked(() -> orders.ship(orderId));
        deliveries.push("fulfillments/create", fulfilment);
    }

    @Override
    public void callOff(String orderId) {
        ObjectNode cancelled = store.locked(() -> orders.cancel(orderId));
        deliveries.push("orders/updated", cancelled);
        deliveries.push("orders/cancelled", cancelled);
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
    public void set(Sku sku, int units) {
        if (units < 0 || units > MOST_BY_HAND) {
            throw new IllegalArgumentException("units: " + units + " (expected: 0.." + MOST_BY_HAND + ")");
        }
        store.locked(() -> {
            ObjectNode item = shelf.bySku(sku.value());
            if (item == null) {
                throw new IllegalArgumentException("sku: " + sku + " (expected: one of the shop)");
            }
            shelf.set(item, units);
            return units;
        });
    }

    @Override
    public List<String> orders() {
        return orders.all().stream().map(ObjectNode::toString).toList();
    }

    @Override
    public List<Quirk> quirks() {
        return Arrays.stream(ShopQuirk.values())
                .map(quirk -> new Quirk(quirk.title(), quirk.what(), quirks.isOn(quirk)))
                .toList();
    }

    @Override
    public void flip(String quirk, boolean on) {
        ShopQuirk flipped = ShopQuirk.of(quirk);
        quirks.flip(flipped, on);
        if (flipped == ShopQuirk.SUBSCRIPTIONS_DROPPED && on) {
            subscriptions.drop();
        }
        if (flipped == ShopQuirk.WEBHOOKS_LATE && !on) {
            deliveries.release();
        }
    }

    @Override
    public void pushTo(Consumer<SandboxDelivery> courier) {
        deliveries.courier(courier);
    }

    /** How many units of {@code sku} are in state {@code name}, such as {@code reserved}. */
    int quantity(String sku, String name) {
        ObjectNode item = shelf.bySku(sku);
        return item == null ? 0 : shelf.quantity(item, name);
    }

    private JsonNode run(String field, GraphQl.Selection root, AdminApi.Call call) {
        return switch (field) {
            case "query shop" -> catalogue.shop();
            case "query location" -> catalogue.location(root);
            case "query nodes" -> catalogue.nodes(root);
            case "query productVariants" -> catalogue.variants(root);
            case "query productVariantsCount" -> catalogue.count();
            case "query products" -> catalogue.products(root);
            case "query product" -> catalogue.product(root);
            case "query orders" -> catalogue.orders(root);
            case "query order" -> catalogue.order(root);
            case "query bulkOperation" -> bulk.one(root, call.host());
            case "query bulkOperations" -> bulk.list(root, call.host());
            case "query webhookSubscriptions" -> subscriptions.list(root);
            case "mutation bulkOperationRunQuery" -> bulk.run(root);
            case "mutation bulkOperationCancel" -> bulk.cancel(root);
            case "mutation inventorySetQuantities" -> inventory.set(root);
            case "mutation inventoryMoveQuantities" -> moves.move(root);
            case "mutation productVariantsBulkUpdate" -> prices.update(root);
            case "mutation orderCreate" -> mutations.create(root);
            case "mutation orderCancel" -> mutations.cancel(root);
            case "mutation refundCreate" -> afterSales.refund(root);
            case "mutation fulfillmentCreate" -> afterSales.fulfil(root);
            case "mutation tagsAdd" -> afterSales.tag(root);
            case "mutation webhookSubscriptionCreate" -> subscriptions.create(root, call.version());
            case "mutation webhookSubscriptionDelete" -> subscriptions.delete(root);
            default -> throw new GraphQlFailure("undefinedField", "Field '" + root.name() + "' doesn't exist on type");
        };
    }
}
