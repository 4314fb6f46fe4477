package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in for a Magento 2.4 shop with MSI? One website that sells from two sources, carts that reserve when placed, and every
 * way to misbehave of {@link Quirks}; it pushes nothing, so its orders are found by polling.
 */
final class MagentoSandbox implements SandboxPlatform {
    private final SandboxStore store;
    private final Clock clock;
    private final Quirks quirks = new Quirks();
    private final Sources sources;
    private final Shelf shelf;
    private final Orders orders;
    private final AfterSale afterSale;
    private final Door door;
    private final Routes routes;

    MagentoSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        sources = new Sources(store, clock, quirks);
        shelf = new Shelf(store, sources, clock, quirks);
        orders = new Orders(store, sources, clock, quirks);
        afterSale = new AfterSale(store, orders, sources, clock, quirks);
        door = new Door(store, clock, quirks);
        Carts carts = new Carts(store, shelf, sources, orders, quirks);
        routes = new Routes(
                door, quirks, shelf, sources, orders, new CartRoutes(carts), afterSale, new Bulks(store, quirks));
    }

    @Override
    public String channel() {
        return "magento";
    }

    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "baseUrl", baseUrl.toString(),
                "accessToken", Door.TOKEN,
                "consumerKey", Door.KEY,
                "consumerSecret", Door.SECRET,
                "accessTokenSecret", Door.TOKEN_SECRET,
                "storeCode", "default",
                "sourceCode", Sources.DEFAULT,
                "holdAddress", "1 Warehouse Road; Berlin; 10115; DE");
    }

    @Override
    public void seed(List<SandboxProduct> products) {
        products.forEach(shelf::add);
    }

    @Override
    public List<SandboxPlatform.Quirk> quirks() {
        return quirks.all();
    }

    @Override
    public void flip(String quirk, boolean on) {
        if (quirks.flip(quirk, on) == Twist.LOGINS_LAPSE && quirks.spend(Twist.LOGINS_LAPSE)) {
            door.forgetLogins();
        }
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        if (quirks.on(Twist.MAINTENANCE)) {
            return new SandboxAnswer(
                    503,
                    Map.of("Content-Type", "text/html"),
                    "<html>503 Service Unavailable</html>".getBytes(StandardCharsets.UTF_8));
        }
        try {
            return dated(store.locked(() -> carryOut(operation, request)));
        } catch (Refusal refusal) {
            return refusal.answer(quirks.on(Twist.LOCALISED));
        }
    }

    private SandboxAnswer carryOut(String operation, SandboxRequest request) {
        boolean write = !request.method().equals("GET");
        if (!operation.endsWith("Token")) {
            door.enter(request);
            if (write && quirks.spend(Twist.NEXT_WRITE_DEADLOCKS)) {
                throw Refusal.deadlock();
            }
        }
        JsonNode answer = routes.carryOut(operation, request);
        if (write && quirks.spend(Twist.NEXT_WRITE_BREAKS)) {
            throw Refusal.masked();
        }
        return SandboxAnswer.json(operation.endsWith("Queue") ? 202 : 200, answer);
    }

    /** With the shop's time, which is UTC whatever zone its store views are in. */
    private SandboxAnswer dated(SandboxAnswer answer) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        return new SandboxAnswer(answer.status(), headers, answer.body());
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        return store.locked(() -> {
            ObjectNode product = shelf.product(sku.value());
            if (product == null) {
                throw new IllegalArgumentException("sku: " + sku + " (expected: one that the shop sells)");
            }
            int available = whole(sources.salable(sku.value()));
            if (quantity < 1 || quantity > available) {
                throw new IllegalArgumentException(
                        "quantity: " + quantity + " (expected: 1.." + available + ") for sku " + sku);
            }
            ObjectNode order = orders.ofShopper(product, quantity);
            return new Sale(order.path("entity_id").asText(), null);
        });
    }

    /** The warehouse ships all of it with a parcel number, and who sent it is paid. */
    @Override
    public void ship(String orderId) {
        store.locked(() -> {
            ObjectNode body = SandboxStore.document();
            body.putArray("tracks")
                    .addObject()
                    .put("track_number", "00340-" + orderId)
                    .put("title", "DHL")
                    .put("carrier_code", "dhl");
            afterSale.ship(orderId, body);
            ObjectNode order = orders.get(orderId);
            Orders.paid(order);
            orders.put(order.put("state", "complete").put("status", "complete"));
            return orderId;
        });
    }

    /** An order that was invoiced cannot be cancelled there: a credit memo of everything closes it. */
    @Override
    public void callOff(String orderId) {
        store.locked(() -> {
            ObjectNode order = orders.get(orderId);
            if (order.path("total_paid").decimalValue().signum() > 0) {
                ObjectNode body = SandboxStore.document();
                body.putObject("arguments")
                        .put("adjustment_negative", order.path("total_refunded").decimalValue());
                afterSale.refund(orderId, body);
            } else if (!orders.cancel(orderId)) {
                throw new IllegalArgumentException("order: " + orderId + " (expected: one that stands)");
            }
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

    private static int whole(BigDecimal quantity) {
        return Math.max(0, quantity.setScale(0, RoundingMode.FLOOR).intValue());
    }
}
