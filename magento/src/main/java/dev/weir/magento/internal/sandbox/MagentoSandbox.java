package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in for a Magento 2.4 shop with MSI? One store view, one source, guest carts that reserve when placed; it
 * pushes nothing, so its orders are found by polling. The stubs of {@code mappings/magento/stubs} check the token.
 */
final class MagentoSandbox implements SandboxPlatform {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int PATH_ID = 4;

    private final SandboxStore store;
    private final Shelf shelf;
    private final Orders orders;
    private final Carts carts;

    MagentoSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        shelf = new Shelf(store);
        orders = new Orders(store, shelf, clock);
        carts = new Carts(store, shelf, orders);
    }

    @Override
    public String channel() {
        return "magento";
    }

    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "baseUrl", baseUrl.toString(),
                "accessToken", "magento_sandbox_token",
                "storeCode", "default",
                "websiteCode", "base",
                "sourceCode", Shelf.SOURCE);
    }

    @Override
    public void seed(List<SandboxProduct> products) {
        products.forEach(shelf::add);
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        try {
            return SandboxAnswer.json(200, store.locked(() -> carryOut(operation, request)));
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        return store.locked(() -> {
            ObjectNode product = shelf.product(sku.value());
            if (product == null) {
                throw new IllegalArgumentException("sku: " + sku + " (expected: one that the shop sells)");
            }
            int available = whole(shelf.salable(sku.value()));
            if (quantity < 1 || quantity > available) {
                throw new IllegalArgumentException(
                        "quantity: " + quantity + " (expected: 1.." + available + ") for sku " + sku);
            }
            ObjectNode order = orders.ofShopper(product, quantity);
            return new Sale(order.path("entity_id").asText(), null);
        });
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
        store.locked(() -> {
            for (ObjectNode row : shelf.salable()) {
                units.put(
                        new Sku(row.path("sku").asText()), whole(row.path("qty").decimalValue()));
            }
            return units;
        });
        return units;
    }

    @Override
    public List<String> orders() {
        return orders.all().stream().map(ObjectNode::toString).toList();
    }

    private JsonNode carryOut(String operation, SandboxRequest request) {
        return switch (operation) {
            case "storeConfigs" -> storeConfigs();
            case "products" -> Criteria.of(request.query()).select(shelf.products());
            case "sourceItems" -> Criteria.of(request.query()).select(shelf.sourceItems());
            case "salableExport" -> Criteria.of(request.query()).select(shelf.salable());
            case "sourceItemsSave" -> {
                shelf.save(body(request).path("sourceItems"));
                yield JSON.createArrayNode();
            }
            case "orders" -> Criteria.of(request.query()).select(orders.all());
            case "order" -> orders.get(id(request));
            case "orderCancel" -> BooleanNode.valueOf(orders.cancel(id(request)));
            case "orderComment" ->
                BooleanNode.valueOf(orders.comment(id(request), body(request).path("statusHistory")));
            case "orderImport" -> orders.imported(body(request).path("entity"));
            default -> cart(operation, request);
        };
    }

    private JsonNode cart(String operation, SandboxRequest request) {
        return switch (operation) {
            case "cartCreate" -> TextNode.valueOf(carts.create());
            case "cartAdd" -> carts.add(id(request), body(request).path("cartItem"));
            case "cartShippingMethods" -> carts.shippingMethods(id(request));
            case "cartShipping" -> carts.ship(id(request), body(request).path("addressInformation"));
            case "orderPlace" -> LongNode.valueOf(carts.place(id(request), body(request)));
            default -> throw Refusal.bad("Operation " + operation + " is not known to this sandbox");
        };
    }

    /** Seeded pictures carry whole addresses, as in shops whose media lie at a delivery network. */
    private static JsonNode storeConfigs() {
        var list = JSON.createArrayNode();
        list.addObject()
                .put("id", 1)
                .put("code", "default")
                .put("website_id", 1)
                .put("base_currency_code", "EUR")
                .put("default_display_currency_code", "EUR")
                .put("timezone", "Europe/Berlin")
                .put("secure_base_media_url", "https://shop.example/media/");
        return list;
    }

    /** Of {@code /rest/{store}/V1/{collection}/{id}/…}. */
    private static String id(SandboxRequest request) {
        String[] parts = request.path().split("/", -1);
        return parts.length > PATH_ID + 1 ? parts[PATH_ID + 1] : "";
    }

    private static JsonNode body(SandboxRequest request) {
        try {
            JsonNode body = JSON.readTree(request.text());
            return body == null ? JSON.createObjectNode() : body;
        } catch (JsonProcessingException e) {
            throw Refusal.bad("Decoding error.");
        }
    }

    private static int whole(BigDecimal quantity) {
        return Math.max(0, quantity.setScale(0, RoundingMode.FLOOR).intValue());
    }
}
