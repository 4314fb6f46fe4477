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
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for a shop at TikTok? The gateway's checks on every call, products, stock with partial refusals inside code 0,
 * orders of one line per unit, what becomes of them, what is paid out, consent, and signed webhooks.
 */
final class TikTokShopSandbox implements SandboxPlatform {
    static final String SHOP_ID = "7490000000000000001";
    static final String WAREHOUSE = "7068000000000000001";
    private static final Set<String> OF_NO_SHOP = Set.of("shops", "imageUpload");
    private static final Set<String> WRITES = Set.of(
            "productCreate",
            "productEdit",
            "productReplace",
            "priceUpdate",
            "inventoryUpdate",
            "imageUpload",
            "cancelCreate",
            "cancelApprove",
            "markShipped",
            "packageShip",
            "webhookUpdate",
            "webhookDelete");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxStore store;
    private final Quirks quirks;
    private final Tokens tokens;
    private final Gateway gateway;
    private final ConsentDesk consent;
    private final Products products;
    private final ShopOrders orders;
    private final Inventory inventory;
    private final AfterSalesDesk afterSales;
    private final Notices notices;
    private final Business business;

    TikTokShopSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        quirks = new Quirks(store);
        tokens = new Tokens(store, clock, quirks);
        gateway = new Gateway(clock, quirks, tokens);
        consent = new ConsentDesk(tokens);
        products = new Products(store, clock);
        orders = new ShopOrders(store, clock, quirks);
        inventory = new Inventory(products, quirks);
        afterSales = new AfterSalesDesk(store, clock, orders, inventory);
        notices = new Notices(store, clock);
        Images images = new Images(store);
        business = new Business(
                products,
                new ProductDesk(store, products, images, quirks),
                images,
                inventory,
                orders,
                afterSales,
                new Dispatch(store, orders, inventory),
                new Finance(orders, clock),
                new Subscriptions(store, clock),
                quirks);
    }

    @Override
    public String channel() {
        return "tiktok-shop";
    }

    /** As if the seller had consented just now. */
    @Override
    public Map<String, String> settings(URI baseUrl) {
        ObjectNode pair = store.locked(tokens::pair);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("baseUrl", baseUrl.toString());
        settings.put("authUrl", baseUrl.toString());
        settings.put("consentUrl", baseUrl.toString());
        settings.put("appKey", Gateway.APP_KEY);
        settings.put("appSecret", Gateway.APP_SECRET);
        settings.put("serviceId", ConsentDesk.SERVICE_ID);
        settings.put("accessToken", pair.path("access_token").asText());
        settings.put("refreshToken", pair.path("refresh_token").asText());
        settings.put("accessTokenEnds", end(pair, "access_token_expire_in"));
        settings.put("refreshTokenEnds", end(pair, "refresh_token_expire_in"));
        settings.put("shopCipher", Gateway.CIPHER);
        settings.put("shopId", SHOP_ID);
        settings.put("region", "US");
        settings.put("warehouseId", WAREHOUSE);
        settings.put("categoryId", ProductDesk.CATEGORY);
        settings.put("readsPerSecond", Integer.toString(Gateway.CALLS_PER_SECOND));
        settings.put("writesPerSecond", Integer.toString(Gateway.CALLS_PER_SECOND));
        settings.put("fallbackImageUrl", baseUrl + "/pictures/brand.png");
        return settings;
    }

    private static String end(ObjectNode pair, String name) {
        return Instant.ofEpochSecond(pair.path(name).asLong()).toString();
    }

    @Override
    public void seed(List<SandboxProduct> seeds) {
        seeds.forEach(products::add);
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        try {
            return switch (operation) {
                case "brandPicture" -> Images.ofBrand();
                case "consentPage" -> consent.page(request);
                case "consentDecision" -> store.locked(() -> consent.decision(request));
                case "tokenGet" -> envelope("success", store.locked(() -> tokens.get(request.query())));
                case "tokenRefresh" -> envelope("success", store.locked(() -> tokens.refresh(request.query())));
                default -> signed(operation, request);
            };
        } catch (Refusal e) {
            return envelope(e.status(), e.code(), String.valueOf(e.getMessage()), null);
        } catch (IOException e) {
            return envelope(400, 36009022, "Invalid request body", null);
        }
    }

    private SandboxAnswer signed(String operation, SandboxRequest request) throws IOException {
        gateway.admit(request, !OF_NO_SHOP.contains(operation));
        boolean json = request.body().length > 0 && !Gateway.isMultipart(request);
        JsonNode body = json ? JSON.readTree(request.body()) : SandboxStore.document();
        JsonNode data = store.locked(() -> business.run(operation, request, body));
        return WRITES.contains(operation) && quirks.on(Quirks.Name.WRITE_THEN_500)
                ? envelope(500, 36009003, "internal error", null)
                : envelope("Success", data);
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        ObjectNode order = store.locked(() -> orders.ofShopper(inventory.sell(sku, quantity), quantity));
        return new Sale(order.path("id").asText(), notices.status(order));
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

    @Override
    public void ship(String orderId) {
        store.locked(() -> orders.put(orders.state(orders.get(orderId), "IN_TRANSIT")));
    }

    @Override
    public int cancellations(String orderId) {
        return afterSales.count(orderId);
    }

    @Override
    public List<Quirk> quirks() {
        return quirks.all();
    }

    @Override
    public void flip(String quirk, boolean on) {
        store.locked(() -> {
            Quirks.Name flipped = quirks.flip(quirk, on);
            if (!on && flipped == Quirks.Name.ON_HOLD) {
                orders.moveAll("ON_HOLD", "AWAITING_SHIPMENT");
            } else if (!on && flipped == Quirks.Name.UNPAID) {
                orders.moveAll("UNPAID", "AWAITING_SHIPMENT");
            } else if (!on && flipped == Quirks.Name.AUDIT) {
                products.pass();
            }
            return flipped;
        });
    }

    /** How many calls were over the quota. */
    @Override
    public int tooMany() {
        return gateway.tooMany();
    }

    /** The order takes a status that nobody heard of yet. */
    void unreadable(String orderId) {
        store.locked(() -> orders.put(orders.state(orders.get(orderId), "TELEPORTED")));
    }

    /** What buyers do after the sale. */
    AfterSalesDesk afterSales() {
        return afterSales;
    }

    /** What the shop pushes. */
    Notices notices() {
        return notices;
    }

    private SandboxAnswer envelope(String message, JsonNode data) {
        return envelope(200, 0, message, data);
    }

    private SandboxAnswer envelope(int status, int code, String message, @Nullable JsonNode data) {
        ObjectNode envelope = SandboxStore.document()
                .put("code", code)
                .put("message", message)
                .put("request_id", UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT));
        envelope.set("data", data);
        SandboxAnswer answer = SandboxAnswer.json(status, envelope);
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(gateway.now().atOffset(ZoneOffset.UTC)));
        if (status == 429) {
            headers.put("Retry-After", "1");
        }
        return new SandboxAnswer(status, headers, answer.body());
    }
}
