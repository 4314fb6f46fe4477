package dev.weir.tiktokshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import dev.weir.tiktokshop.internal.TikTokSignature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What do TikTok Shop's deliveries and orders say? Bodies as in the fact sheet. */
class TikTokShopWebhookTest {
    private static final String ORDER = """
            {"id":"576000000000000001","status":"%s","create_time":1794999000,"update_time":1794999990,
             "is_on_hold_order":false,"auto_combine_group_id":"","buyer_email":"x1y2z3@chat.seller.tiktok.com",
             "payment":{"currency":"USD","sub_total":"39.98","shipping_fee":"4.00","tax":"3.10","total_amount":"47.08"},
             "line_items":[
              {"id":"577000000000000001","sku_id":"1","seller_sku":"TEE-RED-M","sale_price":"19.99","currency":"USD",
               "display_status":"AWAITING_SHIPMENT","room_id":"7600000000000000001"},
              {"id":"577000000000000002","sku_id":"1","seller_sku":"TEE-RED-M","sale_price":"19.99","currency":"USD",
               "display_status":"AWAITING_SHIPMENT","room_id":"7600000000000000001"},
              {"id":"577000000000000003","sku_id":"2","seller_sku":"MUG-01","sale_price":"9.99","currency":"USD",
               "display_status":"CANCELLED"}]}""";

    private static ChannelBench bench;

    @BeforeAll
    static void open() {
        bench = new ChannelBench("tiktok-shop", Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void linesOfOneUnit_becomeOneLineThatKeepsAllIds_withoutCancelledOnes() throws Exception {
        Order order = order("AWAITING_SHIPMENT");

        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.quantity()).isEqualTo(2);
            assertThat(line.externalIds()).containsExactly("577000000000000001", "577000000000000002");
            assertThat(line.unitPrice()).isEqualTo(Money.of("19.99", "USD"));
        });
        assertThat(order.total()).isEqualTo(Money.of("47.08", "USD"));
        assertThat(order.evidence()).containsEntry("room_id", "7600000000000000001");
        assertThat(order.placedAt()).isEqualTo(Instant.ofEpochSecond(1794999000));
    }

    @Test
    void statuses_areMapped_andACancelledOrderKeepsAllOfItsLines() throws Exception {
        assertThat(order("UNPAID").state()).isEqualTo(Order.State.PENDING);
        assertThat(order("ON_HOLD").state()).isEqualTo(Order.State.PENDING);
        assertThat(order("IN_TRANSIT").state()).isEqualTo(Order.State.PAID);
        assertThat(order("COMPLETED").state()).isEqualTo(Order.State.PAID);
        assertThat(order("CANCELLED").state()).isEqualTo(Order.State.CANCELLED);
        assertThat(order("CANCELLED").lines()).hasSize(2);
    }

    @Test
    void statusThatIsNew_isNamed() {
        assertThatThrownBy(() -> order("TELEPORTED"))
                .isInstanceOf(ChannelException.class)
                .hasMessageContainingAll("TELEPORTED", "AWAITING_SHIPMENT");
    }

    @Test
    void lineWithoutASellerSku_isNamedByThePlatformsId() throws Exception {
        JsonNode order =
                new ObjectMapper().readTree(ORDER.formatted("COMPLETED").replace("\"TEE-RED-M\"", "\"\""));

        assertThat(Canonical.order(new Mappings(null).apply("tiktok-shop", "order", order))
                        .lines())
                .singleElement()
                .satisfies(line -> assertThat(line.sku().value()).isEqualTo("1"));
    }

    @Test
    void orderStatus_andCancellation_touchTheOrder() {
        assertThat(read("{\"type\":1,\"data\":{\"order_id\":\"576000000000000001\",\"order_status\":\"CANCEL\","
                        + "\"update_time\":1794999990}}"))
                .isEqualTo(new ChannelEvent.OrderTouched("576000000000000001", Instant.ofEpochSecond(1794999990)));
        assertThat(read("{\"type\":11,\"data\":{\"order_id\":\"5\",\"cancel_status\":"
                        + "\"CANCELLATION_REQUEST_CANCELLED\",\"create_time\":7}}"))
                .isEqualTo(new ChannelEvent.OrderTouched("5", Instant.ofEpochSecond(7)));
    }

    @Test
    void inventoryChange_isSeenInEitherEnvelope_andOurOwnEchoIsNot() {
        String change = "{\"event_id\":\"e1\",\"product_id\":1729500000000000000,\"sku_id\":\"1729500000000000001\","
                + "\"quantity_snapshot_after_change\":{\"total_available_quantity\":41},"
                + "\"change_detail\":[{\"trigger_source\":\"%s\"}]}";

        ChannelEvent bare = read(change.formatted("order_created"));
        ChannelEvent wrapped = read("{\"type\":68,\"data\":" + change.formatted("order_created") + "}");

        assertThat(bare).isInstanceOfSatisfying(ChannelEvent.StockSeen.class, seen -> {
            assertThat(seen.stockRef()).isEqualTo("1729500000000000000/1729500000000000001");
            assertThat(seen.available()).isEqualTo(41);
        });
        assertThat(wrapped).isInstanceOf(ChannelEvent.StockSeen.class);
        assertThat(read(change.formatted("api_sync"))).isInstanceOf(ChannelEvent.Ignored.class);
    }

    @Test
    void deliveryOfAnotherShopOfTheSameApp_isForged() {
        assertThat(verify("{\"type\":1,\"tts_notification_id\":\"1\",\"shop_id\":\"7\",\"data\":{}}"))
                .isInstanceOf(WebhookVerdict.Forged.class);
    }

    @Test
    void deliveryWithoutANotificationId_isToldByItsBody() {
        var first = (WebhookVerdict.Authentic) verify("{\"type\":1,\"data\":{\"order_id\":\"5\"}}");
        var again = (WebhookVerdict.Authentic) verify("{\"type\":1,\"data\":{\"order_id\":\"5\"}}");
        var other = (WebhookVerdict.Authentic) verify("{\"type\":1,\"data\":{\"order_id\":\"6\"}}");

        assertThat(again.deliveryId()).isEqualTo(first.deliveryId()).isNotEqualTo(other.deliveryId());
        assertThat(first.aggregateKey()).isEqualTo("5");
    }

    private static Order order(String status) throws Exception {
        JsonNode order = new ObjectMapper().readTree(ORDER.formatted(status));
        return Canonical.order(new Mappings(null).apply("tiktok-shop", "order", order));
    }

    private ChannelEvent read(String body) {
        return bench.channel()
                .orderWebhook(bench.connection())
                .read(delivery(body, ""))
                .getFirst();
    }

    private WebhookVerdict verify(String body) {
        String signature = TikTokSignature.ofWebhook(
                bench.connection().setting("appSecret"),
                bench.connection().setting("appKey"),
                body.getBytes(StandardCharsets.UTF_8));
        return bench.channel().orderWebhook(bench.connection()).verify(delivery(body, signature));
    }

    private RawWebhook delivery(String body, String signature) {
        return bench.arrive(Map.of("Authorization", signature), body.getBytes(StandardCharsets.UTF_8));
    }
}
