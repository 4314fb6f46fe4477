package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which orders does the shop have? One line per unit, amounts as text, times in seconds, the buyer masked. */
final class ShopOrders {
    private static final String ORDERS = "orders";
    private static final long FIRST = 576_000_000_000_000_000L;
    private static final String ROOM = "7600000000000000001";
    private static final int LAG_SECONDS = 3;

    private final SandboxStore store;
    private final Clock clock;
    private final Quirks quirks;

    ShopOrders(SandboxStore store, Clock clock, Quirks quirks) {
        this.store = store;
        this.clock = clock;
        this.quirks = quirks;
    }

    ObjectNode ofShopper(ObjectNode sku, int quantity) {
        String status = quirks.on(Quirks.Name.UNPAID)
                ? "UNPAID"
                : quirks.on(Quirks.Name.ON_HOLD) ? "ON_HOLD" : "AWAITING_SHIPMENT";
        boolean byTikTok = quirks.on(Quirks.Name.FULFILLED_BY_TIKTOK);
        boolean ofSeller = !byTikTok && !quirks.on(Quirks.Name.TIKTOK_SHIPPING);
        String id = Long.toString(FIRST + store.next("order"));
        ObjectNode order = SandboxStore.document()
                .put("id", id)
                .put("create_time", now())
                .put("paid_time", status.equals("UNPAID") ? 0 : now())
                .put("warehouse_id", TikTokShopSandbox.WAREHOUSE)
                .put("shipping_type", ofSeller ? "SELLER" : "TIKTOK")
                .put("fulfillment_type", byTikTok ? "FULFILLMENT_BY_TIKTOK" : "FULFILLMENT_BY_SELLER")
                .put("delivery_option_id", "7091146663229654785")
                .put("is_buyer_request_cancel", false)
                .put("auto_combine_group_id", "")
                .put("order_type", "NORMAL")
                .put("commerce_platform", "TIKTOK_SHOP")
                .put("buyer_email", "x1y2z3@chat.seller.tiktok.com")
                .put("user_id", "7020000000000000001");
        payment(order.putObject("payment"), sku, quantity);
        buyer(order.putObject("recipient_address"));
        ArrayNode lines = order.putArray("line_items");
        String packed = ofSeller ? "" : Long.toString(1_152_000_000_000_000_000L + store.next("package"));
        for (int unit = 0; unit < quantity; unit++) {
            line(lines.addObject(), sku, packed);
        }
        return put(state(order, status));
    }

    private static void payment(ObjectNode payment, ObjectNode sku, int quantity) {
        String currency = sku.path("currency").asText();
        String total =
                Money.of(sku.path("amount").asText(), currency).times(quantity).amount();
        payment.put("currency", currency)
                .put("original_total_product_price", total)
                .put("seller_discount", "0")
                .put("platform_discount", "0")
                .put("sub_total", total)
                .put("shipping_fee", "0")
                .put("tax", "0")
                .put("total_amount", total);
    }

    private void buyer(ObjectNode address) {
        boolean clear = quirks.on(Quirks.Name.UNMASKED);
        address.put("name", clear ? "Jo Doe" : "J*** D***")
                .put("phone_number", clear ? "(+1)213-555-1234" : "(+1)213-***-1234")
                .put("region_code", "US")
                .put("postal_code", "95110")
                .put("full_address", clear ? "1 Main St, San Jose" : "***");
    }

    private void line(ObjectNode line, ObjectNode sku, String packed) {
        String price = sku.path("amount").asText();
        line.put("id", Long.toString(FIRST + 1_000_000_000_000_000L + store.next("line")))
                .put("sku_id", sku.path("id").asText())
                .put("product_id", sku.path("product_id").asText())
                .put("seller_sku", sku.path("seller_sku").asText())
                .put("product_name", sku.path("title").asText())
                .put("sku_type", "NORMAL")
                .put("original_price", price)
                .put("sale_price", price)
                .put("seller_discount", "0")
                .put("platform_discount", "0")
                .put("currency", sku.path("currency").asText())
                .put("package_id", packed)
                .put("package_status", "TO_FULFILL")
                .put("tracking_number", "")
                .put("room_id", ROOM);
    }

    /** The order in another state, with every line that was not called off. */
    ObjectNode state(ObjectNode order, String status) {
        order.put("status", status)
                .put("is_on_hold_order", status.equals("ON_HOLD"))
                .put("update_time", now());
        for (JsonNode line : order.path("line_items")) {
            if (!line.path("display_status").asText().equals("CANCELLED")) {
                ((ObjectNode) line).put("display_status", status);
            }
        }
        return order;
    }

    ObjectNode put(ObjectNode order) {
        store.put(ORDERS, order.path("id").asText(), order);
        return order;
    }

    /** The order; refused when there is none of that id. */
    ObjectNode get(String id) {
        ObjectNode order = store.get(ORDERS, id);
        if (order == null) {
            throw new Refusal(200, 21008111, "order does not belong to the seller");
        }
        return order;
    }

    /** Orders that stand in {@code from} move on. */
    void moveAll(String from, String to) {
        for (ObjectNode order : all()) {
            if (order.path("status").asText().equals(from)) {
                put(state(order, to).put("paid_time", now()));
            }
        }
    }

    JsonNode search(Map<String, String> query, JsonNode body) {
        long since = body.path("update_time_ge").asLong(0);
        long until = body.path("update_time_lt").asLong(Long.MAX_VALUE);
        String status = body.path("order_status").asText("");
        Comparator<ObjectNode> order = Comparator.comparingLong(each ->
                each.path(query.getOrDefault("sort_field", "create_time")).asLong());
        List<ObjectNode> found = all().stream()
                .filter(this::isIndexed)
                .filter(each -> each.path("update_time").asLong() >= since)
                .filter(each -> each.path("update_time").asLong() < until)
                .filter(each -> status.isEmpty() || each.path("status").asText().equals(status))
                .sorted(query.getOrDefault("sort_order", "DESC").equals("ASC") ? order : order.reversed())
                .toList();
        return Pages.of(found, query, "orders", UnaryOperator.identity());
    }

    JsonNode detail(String ids) {
        ObjectNode data = SandboxStore.document();
        ArrayNode found = data.putArray("orders");
        String[] wanted = ids.split(",", -1);
        if (wanted.length > 50) {
            throw new Refusal(200, 36009004, "invalid param 'ids'");
        }
        for (String id : wanted) {
            ObjectNode order = store.get(ORDERS, id);
            if (order != null && isIndexed(order)) {
                found.add(order);
            }
        }
        return data;
    }

    private boolean isIndexed(ObjectNode order) {
        return !quirks.on(Quirks.Name.SEARCH_LAG) || order.path("update_time").asLong() + LAG_SECONDS <= now();
    }

    List<ObjectNode> all() {
        return store.list(ORDERS);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
