package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.Sku;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.sandbox.SandboxDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What do privacy, goodbyes, products, returns and goods that left say, and which of them are only our own echo? */
class ShopifyNoticesTest extends ShopifyStories {
    @Test
    void privacyTopics_askWhatTheyAsk() {
        String customer =
                "\"shop_id\":954889,\"shop_domain\":\"weir-demo.myshopify.com\",\"customer\":{\"id\":1,\"email\":\"ada@example.com\"}";

        assertThat(read("customers/data_request", "{" + customer + ",\"orders_requested\":[299938,280263]}"))
                .isEqualTo(new ChannelEvent.PrivacyAsked(
                        ChannelEvent.PrivacyAsked.Kind.DISCLOSE, "ada@example.com", List.of("299938", "280263")));
        assertThat(read("customers/redact", "{" + customer + ",\"orders_to_redact\":[299938]}"))
                .isEqualTo(new ChannelEvent.PrivacyAsked(
                        ChannelEvent.PrivacyAsked.Kind.ERASE, "ada@example.com", List.of("299938")));
        assertThat(read("shop/redact", "{\"shop_id\":954889,\"shop_domain\":\"weir-demo.myshopify.com\"}"))
                .isEqualTo(new ChannelEvent.PrivacyAsked(ChannelEvent.PrivacyAsked.Kind.ERASE_SHOP, null, List.of()));
        assertThat(read("customers/redact", "{\"customer\":{\"id\":1},\"orders_to_redact\":[]}"))
                .isInstanceOf(ChannelEvent.Ignored.class);
    }

    @Test
    void privacyTopic_underAnotherSecret_isForged() {
        RawWebhook forged = arrive("shop/redact", "{}", "B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=");

        assertThat(bench.channel().orderWebhook(bench.connection()).verify(forged))
                .isInstanceOf(WebhookVerdict.Forged.class);
    }

    @Test
    void goodbyes_saySo() {
        assertThat(read("app/uninstalled", "{\"id\":1}")).isInstanceOf(ChannelEvent.AccessLapsing.class);
        assertThat(read("locations/deactivate", "{\"id\":75596366001}"))
                .isInstanceOfSatisfying(
                        ChannelEvent.AccessLapsing.class,
                        lapsing -> assertThat(lapsing.reason()).contains("75596366001"));
        assertThat(read("locations/deactivate", "{\"id\":1}")).isInstanceOf(ChannelEvent.Ignored.class);
    }

    @Test
    void productsAndReturns_areHints() {
        assertThat(read("products/update", "{\"id\":788032119674292900,\"updated_at\":\"2026-11-24T10:00:00+01:00\"}"))
                .isEqualTo(new ChannelEvent.CatalogueTouched(
                        "gid://shopify/Product/788032119674292900", Instant.parse("2026-11-24T09:00:00Z")));
        assertThat(read("products/delete", "{\"id\":1}")).isInstanceOf(ChannelEvent.CatalogueTouched.class);
        assertThat(read("returns/approve", "{\"id\":5,\"order\":{\"id\":9007199254740993}}"))
                .isInstanceOfSatisfying(
                        ChannelEvent.OrderTouched.class,
                        touched -> assertThat(touched.externalId()).isEqualTo("9007199254740993"));
        assertThat(read("returns/approve", "{\"id\":5}")).isInstanceOf(ChannelEvent.Ignored.class);
    }

    @Test
    void fulfilment_statesTheShipment_unlessItWasCancelled() {
        String body = """
                {"id":77,"order_id":9007199254740993,"status":"%s","created_at":"2026-11-24T12:00:00+01:00",
                 "tracking_company":"DHL","tracking_number":"00340","tracking_url":"https://dhl.example/00340",
                 "line_items":[{"id":11,"sku":"TEE-RED-M","quantity":2,"price":"19.90",
                  "price_set":{"shop_money":{"amount":"19.90","currency_code":"EUR"}}}]}""";

        assertThat(read("fulfillments/create", body.formatted("success")))
                .isEqualTo(new ChannelEvent.ShipmentStated(
                        "9007199254740993",
                        new Shipment(
                                "77",
                                Instant.parse("2026-11-24T11:00:00Z"),
                                List.of(new OrderLine(
                                        new Sku("TEE-RED-M"), 2, Money.of("19.90", "EUR"), List.of("11"))),
                                "DHL",
                                "00340",
                                URI.create("https://dhl.example/00340"))));
        assertThat(read("fulfillments/update", body.formatted("cancelled"))).isInstanceOf(ChannelEvent.Ignored.class);
    }

    @Test
    void whatWeDidOurselves_comesBackAsNoNews() throws Exception {
        BlockingQueue<SandboxDelivery> pushed = new LinkedBlockingQueue<>();
        bench.platform().pushTo(pushed::add);
        bench.channel()
                .webhookSubscriptions(bench.connection())
                .heal(URI.create("https://hub.example.com/webhooks/shopify/1"));
        String order = bench.platform().buy(TEE, 2).orderId();
        pushed.clear();

        bench.channel()
                .orderRefund(bench.connection())
                .refund(new OrderRefund.Request("r-1", order, List.of(tee(1)), Money.of("19.90", "EUR"), "late"));
        assertIgnored(pushed.take(), "our own refund");
        bench.channel()
                .fulfilment(bench.connection())
                .ship(order, new Shipment("s-1", clock.instant(), List.of(tee(1)), "DHL", "00340", null));
        assertIgnored(pushed.take(), "our own shipment");
    }

    @Test
    void refundOfNothing_isNoNews() {
        assertThat(read("refunds/create", "{\"id\":1,\"order_id\":2,\"transactions\":[],\"refund_line_items\":[]}"))
                .isInstanceOf(ChannelEvent.Ignored.class);
    }

    @Test
    void goodsThatTheShopSends_arePushed_signed() throws Exception {
        BlockingQueue<SandboxDelivery> pushed = new LinkedBlockingQueue<>();
        bench.platform().pushTo(pushed::add);
        bench.channel()
                .webhookSubscriptions(bench.connection())
                .heal(URI.create("https://hub.example.com/webhooks/shopify/1"));
        String order = bench.platform().buy(TEE, 2).orderId();
        pushed.clear();

        bench.platform().ship(order);

        RawWebhook delivery = bench.arrive(pushed.take());
        assertThat(bench.channel().orderWebhook(bench.connection()).verify(delivery))
                .isInstanceOf(WebhookVerdict.Authentic.class);
        assertThat(bench.channel()
                        .orderWebhook(bench.connection())
                        .read(delivery)
                        .getFirst())
                .isInstanceOfSatisfying(
                        ChannelEvent.ShipmentStated.class,
                        stated -> assertThat(stated.orderExternalId()).isEqualTo(order));
    }

    private void assertIgnored(SandboxDelivery delivery, String why) {
        assertThat(bench.channel()
                        .orderWebhook(bench.connection())
                        .read(bench.arrive(delivery))
                        .getFirst())
                .isInstanceOfSatisfying(
                        ChannelEvent.Ignored.class,
                        ignored -> assertThat(ignored.reason()).startsWith(why));
    }

    private ChannelEvent read(String topic, String body) {
        return bench.channel()
                .orderWebhook(bench.connection())
                .read(arrive(topic, body, ""))
                .getFirst();
    }

    private RawWebhook arrive(String topic, String body, String hmac) {
        return bench.arrive(
                Map.of(
                        "X-Shopify-Topic", topic,
                        "X-Shopify-Shop-Domain", "weir-demo.myshopify.com",
                        "X-Shopify-API-Version", "2026-10",
                        "X-Shopify-Webhook-Id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
                        "X-Shopify-Hmac-Sha256", hmac),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
