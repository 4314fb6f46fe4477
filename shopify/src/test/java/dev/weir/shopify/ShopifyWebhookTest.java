package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Sku;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What do Shopify's deliveries prove and say? Bodies as in the fact sheet. */
class ShopifyWebhookTest {
    private static ChannelBench bench;

    @BeforeAll
    static void open() {
        bench = new ChannelBench("shopify", Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void publishedVectors_areVerified() {
        assertThat(verify("test_secret_key", "{\"foo\": \"bar\"}", "B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g="))
                .isInstanceOf(WebhookVerdict.Authentic.class);
        assertThat(verify("hush", "\"my secret message\"", "hMTq0K2x7oyOjoBwGYeTj5oxfnaVYXzbanUG9aajpKI="))
                .isInstanceOf(WebhookVerdict.Authentic.class);
        assertThat(verify("hush", "\"my secret message\"", "not base64 !")).isInstanceOf(WebhookVerdict.Forged.class);
    }

    @Test
    void deliverySignedWithThePreviousSecret_isVerifiedWhileRotating() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.put("previousWebhookSecret", "hush");
        OrderWebhook port = bench.channel().orderWebhook(bench.connection(settings));

        assertThat(port.verify(
                        delivery("orders/create", "{\"id\":1}", sign("hush", "{\"id\":1}"), settings.get("shop"))))
                .isInstanceOf(WebhookVerdict.Authentic.class);
    }

    @Test
    void deliveryOfAnotherShopOfTheSameApp_isForged() {
        String secret = bench.connection().setting("webhookSecret");

        assertThat(port().verify(delivery(
                        "orders/create", "{\"id\":1}", sign(secret, "{\"id\":1}"), "other.myshopify.com")))
                .isInstanceOf(WebhookVerdict.Forged.class);
    }

    @Test
    void sameWebhookIdUnderTwoTopics_isTwoDeliveries() {
        String secret = bench.connection().setting("webhookSecret");
        String shop = bench.connection().setting("shop");
        String body = "{\"id\":820982911946154500}";

        var created =
                (WebhookVerdict.Authentic) port().verify(delivery("orders/create", body, sign(secret, body), shop));
        var paid = (WebhookVerdict.Authentic) port().verify(delivery("orders/paid", body, sign(secret, body), shop));

        assertThat(created.deliveryId()).isNotEqualTo(paid.deliveryId());
        assertThat(created.aggregateKey()).isEqualTo(paid.aggregateKey()).isEqualTo("820982911946154500");
    }

    @Test
    void order_keepsIdsBeyondDoublePrecision_andEvidence() {
        Order order =
                ((ChannelEvent.OrderStated) read("orders/create", order("\"financial_status\":\"paid\""))).order();

        assertThat(order.externalId()).isEqualTo("9007199254740993");
        assertThat(order.lines().getFirst().externalIds()).containsExactly("9007199254740995");
        assertThat(order.total()).isEqualTo(Money.of("64.70", "EUR"));
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-24T09:00:00Z"));
        assertThat(order.evidence())
                .containsEntry("landing_site", "/?utm_campaign=drop")
                .containsEntry("note.show", "friday");
    }

    @Test
    void order_statesFollowMoneyAndCancellation() {
        assertThat(state("\"financial_status\":\"pending\"")).isEqualTo(Order.State.PENDING);
        assertThat(state("\"financial_status\":\"authorized\"")).isEqualTo(Order.State.PENDING);
        assertThat(state("\"financial_status\":null")).isEqualTo(Order.State.PENDING);
        assertThat(state("\"financial_status\":\"partially_refunded\"")).isEqualTo(Order.State.PAID);
        assertThat(state("\"financial_status\":\"paid\",\"cancelled_at\":\"2026-11-24T10:05:00+01:00\""))
                .isEqualTo(Order.State.CANCELLED);
    }

    @Test
    void orderThatWePushed_andTheShopCalledOff_isStatedWithOurIdOfIt() {
        String ours = "\"financial_status\":\"paid\",\"source_name\":\"weir\",\"source_identifier\":\"o-1\"";
        String calledOff = ours + ",\"cancelled_at\":\"2026-11-24T10:05:00+01:00\"";

        assertThat(read("orders/updated", order(ours))).isInstanceOf(ChannelEvent.Ignored.class);
        for (String topic : List.of("orders/cancelled", "orders/updated")) {
            assertThat(read(topic, order(calledOff))).isInstanceOfSatisfying(ChannelEvent.OrderStated.class, event -> {
                assertThat(event.order().state()).isEqualTo(Order.State.CANCELLED);
                assertThat(event.order().evidence()).containsEntry(Order.HANDED_OVER, "o-1");
            });
        }
        assertThat(((ChannelEvent.OrderStated)
                                read("orders/cancelled", order("\"cancelled_at\":\"2026-11-24T10:05:00Z\"")))
                        .order()
                        .evidence())
                .doesNotContainKey(Order.HANDED_OVER);
    }

    @Test
    void orderThatWePushed_isIgnored_butACartNoteCannotPretendIt() {
        assertThat(read("orders/create", order("\"financial_status\":\"paid\",\"source_name\":\"weir\"")))
                .isInstanceOfSatisfying(
                        ChannelEvent.Ignored.class,
                        ignored -> assertThat(ignored.reason()).startsWith("our own order"));
        assertThat(read("orders/create", order("\"tags\":\"a, weir-order\""))).isInstanceOf(ChannelEvent.Ignored.class);
        assertThat(read("orders/create", order("\"note_attributes\":[{\"name\":\"weir_order\",\"value\":\"1\"}]")))
                .isInstanceOf(ChannelEvent.OrderStated.class);
    }

    @Test
    void refund_countsMoneyThatMoved_andUnitsThatCameBack() {
        var event = (ChannelEvent.RefundStated) read("refunds/create", """
                {"id":77,"order_id":9007199254740993,"created_at":"2026-11-24T12:00:00+01:00",
                 "refund_line_items":[
                  {"id":1,"line_item_id":11,"quantity":2,"restock_type":"return",
                   "line_item":{"id":11,"sku":"TEE-RED-M","price":"19.90"}},
                  {"id":2,"line_item_id":12,"quantity":1,"restock_type":"no_restock",
                   "line_item":{"id":12,"sku":"MUG-01","price":"12.50"}}],
                 "transactions":[
                  {"id":5,"kind":"refund","status":"success","amount":"0.1","currency":"EUR"},
                  {"id":6,"kind":"refund","status":"success","amount":"0.20","currency":"EUR"},
                  {"id":7,"kind":"refund","status":"pending","amount":"9.00","currency":"EUR"}]}""");

        assertThat(event.refund().amount()).isEqualTo(Money.of("0.30", "EUR"));
        assertThat(event.refund().orderExternalId()).isEqualTo("9007199254740993");
        assertThat(event.refund().restocked()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo(new Sku("TEE-RED-M"));
            assertThat(line.quantity()).isEqualTo(2);
        });
    }

    @Test
    void level_isSeenAtOurLocationOnly_andNeverNegative() {
        String level = "{\"inventory_item_id\":48513488879793,\"location_id\":%s,\"available\":%s,"
                + "\"updated_at\":\"2026-03-16T15:35:06+07:00\"}";

        assertThat(read("inventory_levels/update", level.formatted("75596366001", "-2")))
                .isEqualTo(new ChannelEvent.StockSeen(
                        "gid://shopify/InventoryItem/48513488879793", 0, Instant.parse("2026-03-16T08:35:06Z")));
        assertThat(read("inventory_levels/update", level.formatted("1", "5"))).isInstanceOf(ChannelEvent.Ignored.class);
        assertThat(read("inventory_levels/update", level.formatted("75596366001", "null")))
                .isInstanceOf(ChannelEvent.Ignored.class);
    }

    @Test
    void orderWithAnUnusableSku_isParkedWithTheReason() {
        String body = order("\"financial_status\":\"paid\"").replace("TEE-RED-M", "TEE RED M");

        assertThatThrownBy(() -> read("orders/create", body))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("order.lines[0].sku: \"TEE RED M\"");
    }

    private Order.State state(String facts) {
        return ((ChannelEvent.OrderStated) read("orders/updated", order(facts)))
                .order()
                .state();
    }

    private ChannelEvent read(String topic, String body) {
        return port().read(delivery(topic, body, "", "")).getFirst();
    }

    private static String order(String facts) {
        return """
                {"id":9007199254740993,"name":"#1071","created_at":"2026-11-24T10:00:00+01:00",
                 "updated_at":"2026-11-24T10:00:01+01:00","currency":"EUR","total_price":"64.7",
                 "landing_site":"/?utm_campaign=drop","note_attributes":[{"name":"show","value":"friday"}],
                 "line_items":[
                  {"id":9007199254740995,"sku":"TEE-RED-M","quantity":3,"price":"19.90"},
                  {"id":9007199254740997,"sku":null,"quantity":1,"price":"5.00"}],
                 %s}""".formatted(facts);
    }

    private WebhookVerdict verify(String secret, String body, String hmac) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.put("webhookSecret", secret);
        return bench.channel()
                .orderWebhook(bench.connection(settings))
                .verify(delivery("orders/create", body, hmac, settings.get("shop")));
    }

    private OrderWebhook port() {
        return bench.channel().orderWebhook(bench.connection());
    }

    private static String sign(String secret, String body) {
        return Base64.getEncoder().encodeToString(Signatures.hmacSha256(secret, body.getBytes(StandardCharsets.UTF_8)));
    }

    private RawWebhook delivery(String topic, String body, String hmac, String shop) {
        return bench.arrive(
                Map.of(
                        "X-Shopify-Topic", topic,
                        "X-Shopify-Shop-Domain", shop,
                        "X-Shopify-API-Version", "2026-10",
                        "X-Shopify-Webhook-Id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
                        "X-Shopify-Hmac-Sha256", hmac),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
