package dev.weir.bigcommerce.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What stands in for a BigCommerce store? Its REST API as far as the channel asks, and its webhooks. */
final class BigCommerceSandbox implements SandboxPlatform {
    static final String STORE = "weirsandbox";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxStore store;
    private final Clock clock;
    private final Twist.Switches twists = new Twist.Switches();
    private final Door door;
    private final Shelf shelf;
    private final Till till;
    private final Hooks hooks;

    BigCommerceSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.door = new Door(clock, twists);
        this.shelf = new Shelf(store, clock);
        this.till = new Till(store, shelf, clock);
        this.hooks = new Hooks(store, clock, twists);
    }

    @Override
    public String channel() {
        return "bigcommerce";
    }

    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "storeHash",
                STORE,
                "accessToken",
                Door.TOKEN,
                "webhookSecret",
                Hooks.SECRET,
                "baseUrl",
                baseUrl.toString());
    }

    @Override
    public void seed(List<SandboxProduct> products) {
        store.locked(() -> {
            products.forEach(shelf::add);
            return products.size();
        });
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        SandboxAnswer answer;
        try {
            door.enter(request);
            answer = carriedOut(operation, request);
            if (!request.method().equals("GET") && twists.isOn(Twist.ERROR_AFTER_WRITE)) {
                throw new Problem(502, "Bad Gateway");
            }
        } catch (Problem problem) {
            answer = problem.answer(request.path());
        }
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.putAll(door.headers());
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        return new SandboxAnswer(answer.status(), headers, answer.body());
    }

    private SandboxAnswer carriedOut(String operation, SandboxRequest request) {
        JsonNode said = store.locked(() -> said(operation, request));
        boolean nothing = said.isArray() && said.isEmpty();
        return nothing ? new SandboxAnswer(204, Map.of(), new byte[0]) : SandboxAnswer.json(200, said);
    }

    private JsonNode said(String operation, SandboxRequest request) {
        String[] path = request.path().split("/", -1);
        return switch (operation) {
            case "store" ->
                SandboxStore.document()
                        .put("id", STORE)
                        .put("name", "Kiln & Cloth")
                        .put("plan_name", "Pro")
                        .put("currency", shelf.currency());
            case "products" -> shelf.products(request.query());
            case "locations" -> Shelf.locations();
            case "levels" -> shelf.levels(path[path.length - 2], request.query());
            case "adjust" -> shelf.adjust(body(request));
            case "orders" -> till.list(request.query());
            case "order" -> till.get(path[path.length - 1]);
            case "orderPut" -> changed(till.change(path[path.length - 1], body(request)));
            case "orderProducts" -> Pages.v2(List.of(till.line(path[path.length - 2])), request.query(), 250);
            case "refunds" -> till.refunds(path[path.length - 3], request.query());
            case "hooks" -> hooks.list(request.query());
            case "hookPost" -> hooks.make(body(request));
            case "hookPut" -> hooks.change(path[path.length - 1], body(request));
            default -> throw new Problem(404, "Not Found");
        };
    }

    private ObjectNode changed(ObjectNode order) {
        hooks.push("store/order/updated", Hooks.about(order.path("id").asLong()));
        return order;
    }

    private static JsonNode body(SandboxRequest request) {
        try {
            JsonNode body = JSON.readTree(request.body());
            return body == null ? JsonNodeFactory.instance.missingNode() : body;
        } catch (IOException e) {
            throw new Problem(400, "The body is not JSON");
        }
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        return buy(sku, quantity, twists.isOn(Twist.SLOW_TILL));
    }

    /** One buyer pays whatever keeps the others at the till. */
    Sale buyAtOnce(Sku sku) {
        return buy(sku, 1, false);
    }

    private Sale buy(Sku sku, int quantity, boolean slow) {
        return store.locked(() -> {
            ObjectNode variant = shelf.find(sku.value());
            if (variant == null) {
                throw new IllegalArgumentException("sku: " + sku + " (expected: one that the store sells)");
            }
            int available = variant.path("level").asInt();
            if (quantity < 1 || quantity > available) {
                throw new IllegalArgumentException(
                        "quantity: " + quantity + " (expected: 1.." + available + ") for sku " + sku);
            }
            ObjectNode order = till.order(variant, quantity, slow);
            return new Sale(order.path("id").asText(), hooks.ofSale(order));
        });
    }

    @Override
    public Map<Sku, Integer> stock() {
        Map<Sku, Integer> units = new LinkedHashMap<>();
        shelf.all()
                .forEach(each -> units.put(
                        new Sku(each.path("sku").asText()), each.path("level").asInt()));
        return units;
    }

    @Override
    public List<String> orders() {
        return till.all().stream().map(ObjectNode::toString).toList();
    }

    @Override
    public void ship(String orderId) {
        store.locked(() -> changed(till.ship(orderId)));
    }

    @Override
    public int cancellations(String orderId) {
        return till.cancellations(orderId);
    }

    @Override
    public List<Quirk> quirks() {
        return twists.all();
    }

    @Override
    public void flip(String quirk, boolean on) {
        Twist twist = twists.flip(quirk, on);
        if (twist == Twist.HOOKS_DEACTIVATED && on) {
            store.locked(() -> {
                hooks.deactivate();
                return quirk;
            });
        }
        if (twist == Twist.SLOW_TILL && !on) {
            store.locked(till::hurry).forEach(this::changed);
        }
    }

    @Override
    public void pushTo(Consumer<SandboxDelivery> courier) {
        hooks.courier(courier);
    }

    /** The merchant gives money back; what was pushed of it, which needs a subscription. */
    SandboxDelivery refund(String order, String amount, boolean declined) {
        return store.locked(() -> {
            ObjectNode refund = till.refund(order, amount, declined);
            ObjectNode data = Hooks.about(Long.parseLong(order));
            data.putObject("refund").put("refund_id", refund.path("id").asLong());
            SandboxDelivery delivery = hooks.push("store/order/refund/created", data);
            if (delivery == null) {
                throw new IllegalStateException("store/order/refund/created: nobody subscribed");
            }
            return delivery;
        });
    }

    /** The subscriptions that stand. */
    List<ObjectNode> subscriptions() {
        return hooks.all();
    }

    @Override
    public int tooMany() {
        return door.tooMany();
    }
}
