package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What stands in for a shop at TikTok? The gateway's checks on every call, products, stock of one warehouse with partial
 * refusals inside code 0, orders of one line per unit, and signed webhooks.
 */
final class TikTokShopSandbox implements SandboxPlatform {
    static final String SHOP_ID = "7490000000000000001";
    static final String WAREHOUSE = "7068000000000000001";
    private static final String CATEGORY = "601226";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxStore store;
    private final Gateway gateway;
    private final Products products;
    private final ShopOrders orders;

    TikTokShopSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        gateway = new Gateway(clock);
        products = new Products(store);
        orders = new ShopOrders(store, clock);
    }

    @Override
    public String channel() {
        return "tiktok-shop";
    }

    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "baseUrl",
                baseUrl.toString(),
                "appKey",
                Gateway.APP_KEY,
                "appSecret",
                Gateway.APP_SECRET,
                "accessToken",
                Gateway.TOKEN,
                "shopCipher",
                Gateway.CIPHER,
                "shopId",
                SHOP_ID,
                "warehouseId",
                WAREHOUSE,
                "categoryId",
                CATEGORY);
    }

    @Override
    public void seed(List<SandboxProduct> seeds) {
        seeds.forEach(products::add);
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        try {
            gateway.admit(request, !operation.equals("shops"));
            JsonNode body = request.body().length == 0 ? SandboxStore.document() : JSON.readTree(request.body());
            return envelope(200, 0, "Success", store.locked(() -> run(operation, request, body)));
        } catch (Refusal e) {
            return envelope(e.status(), e.code(), String.valueOf(e.getMessage()), null);
        } catch (java.io.IOException e) {
            return envelope(400, 36009022, "Invalid request body", null);
        }
    }

    private JsonNode run(String operation, SandboxRequest request, JsonNode body) {
        return switch (operation) {
            case "shops" -> shops();
            case "productSearch" -> products.search(request.query(), body);
            case "productCreate" -> products.create(body);
            case "productEdit" -> products.edit(id(request), body);
            case "priceUpdate" -> products.prices(id(request), body);
            case "inventoryUpdate" -> products.inventory(id(request), body);
            case "inventorySearch" -> products.stockOf(body);
            case "orderSearch" -> orders.search(request.query(), body);
            case "orderDetail" -> orders.detail(request.query().getOrDefault("ids", ""));
            default -> throw new Refusal(404, 36009009, "Invalid path");
        };
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        ObjectNode order = store.locked(() -> orders.ofShopper(products.sell(sku, quantity), quantity));
        return new Sale(order.path("id").asText(), orders.delivery(order));
    }

    @Override
    public Map<Sku, Integer> stock() {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        for (ObjectNode sku : products.all()) {
            units.put(
                    new Sku(sku.path("seller_sku").asText()),
                    Math.max(0, sku.path("available").asInt()));
        }
        return units;
    }

    @Override
    public List<String> orders() {
        return orders.all().stream().map(ObjectNode::toString).toList();
    }

    private JsonNode shops() {
        ObjectNode data = SandboxStore.document();
        data.putArray("shops")
                .addObject()
                .put("id", SHOP_ID)
                .put("name", "Weir demo")
                .put("region", "US")
                .put("seller_type", "LOCAL")
                .put("cipher", Gateway.CIPHER)
                .put("code", "USWEIRDEMO");
        return data;
    }

    /** The product's id in {@code /product/202309/products/{id}/…}. */
    private static String id(SandboxRequest request) {
        return request.path().split("/", -1)[4];
    }

    private SandboxAnswer envelope(
            int status, int code, String message, @org.jspecify.annotations.Nullable JsonNode data) {
        ObjectNode envelope = SandboxStore.document()
                .put("code", code)
                .put("message", message)
                .put("request_id", UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT));
        envelope.set("data", data);
        return SandboxAnswer.json(status, envelope);
    }
}
