package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.tiktokshop.internal.TikTokSignature;
import java.nio.charset.StandardCharsets;
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

    private final SandboxStore store;
    private final Clock clock;

    ShopOrders(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    ObjectNode ofShopper(ObjectNode sku, int quantity) {
        long now = clock.instant().getEpochSecond();
        String id = Long.toString(FIRST + store.next("order"));
        ObjectNode order = SandboxStore.document()
                .put("id", id)
                .put("status", "AWAITING_SHIPMENT")
                .put("create_time", now)
                .put("paid_time", now)
                .put("update_time", now)
                .put("warehouse_id", TikTokShopSandbox.WAREHOUSE)
                .put("is_on_hold_order", false)
                .put("auto_combine_group_id", "")
                .put("order_type", "NORMAL")
                .put("commerce_platform", "TIKTOK_SHOP")
                .put("buyer_email", "x1y2z3@chat.seller.tiktok.com")
                .put("user_id", "7020000000000000001");
        payment(order.putObject("payment"), sku, quantity);
        order.putObject("recipient_address")
                .put("name", "J*** D***")
                .put("phone_number", "(+1)213-***-1234")
                .put("region_code", "US")
                .put("full_address", "***");
        ArrayNode lines = order.putArray("line_items");
        for (int unit = 0; unit < quantity; unit++) {
            line(lines.addObject(), sku);
        }
        store.put(ORDERS, id, order);
        return order;
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

    private void line(ObjectNode line, ObjectNode sku) {
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
                .put("display_status", "AWAITING_SHIPMENT")
                .put("package_status", "TO_FULFILL")
                .put("room_id", ROOM);
    }

    JsonNode search(Map<String, String> query, JsonNode body) {
        long since = body.path("update_time_ge").asLong(0);
        long until = body.path("update_time_lt").asLong(Long.MAX_VALUE);
        String status = body.path("order_status").asText("");
        Comparator<ObjectNode> order = Comparator.comparingLong(each ->
                each.path(query.getOrDefault("sort_field", "create_time")).asLong());
        List<ObjectNode> found = all().stream()
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
        for (String id : ids.split(",", -1)) {
            ObjectNode order = store.get(ORDERS, id);
            if (order != null) {
                found.add(order);
            }
        }
        return data;
    }

    List<ObjectNode> all() {
        return store.list(ORDERS);
    }

    /** The webhook of type 1; one delivery's repeats carry the same notification id. */
    SandboxDelivery delivery(ObjectNode order) {
        ObjectNode body = SandboxStore.document()
                .put("type", 1)
                .put("tts_notification_id", Long.toString(7_400_000_000_000_000_000L + store.next("notification")))
                .put("shop_id", TikTokShopSandbox.SHOP_ID)
                .put("timestamp", clock.instant().getEpochSecond());
        body.putObject("data")
                .put("order_id", order.path("id").asText())
                .put("order_status", order.path("status").asText())
                .put("is_on_hold_order", false)
                .put("update_time", order.path("update_time").asLong());
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        String signature = TikTokSignature.ofWebhook(Gateway.APP_SECRET, Gateway.APP_KEY, bytes);
        return new SandboxDelivery(Map.of("Content-Type", "application/json", "Authorization", signature), bytes);
    }
}
