package dev.weir.bigcommerce.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.WebhookVerdict.Authentic;
import dev.weir.connectors.WebhookVerdict.Forged;
import dev.weir.connectors.sandbox.SandboxDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Are BigCommerce's deliveries told from forgeries, in both ways that there are, and understood? */
class WebhookStoriesTest extends Stories {
    private static final URI HERE = URI.create("https://hub.example.com/webhooks/bigcommerce/1");
    private static final String BODY = "{\"scope\":\"store/order/created\",\"producer\":\"stores/weirsandbox\","
            + "\"data\":{\"type\":\"order\",\"id\":250}}";
    /** Of the body above under "client secret of a test", made by OpenSSL over msg_1.1764500000.{body}. */
    private static final String SIGNATURE = "v1,bz153rMo1ZWe5guSnEhO3jvQxYLt/lJyEOrDTre0+hY=";

    private static final Instant SIGNED = Instant.ofEpochSecond(1_764_500_000);

    @Test
    void signature_isThatOfStandardWebhooks_byteForByte() {
        assertThat(verify(signed(SIGNATURE), SIGNED)).isEqualTo(new Authentic("msg_1", "store/order/created", "250"));
        assertThat(verify(signed("v1,b3RoZXI= " + SIGNATURE + " v1a,eA=="), SIGNED))
                .isInstanceOf(Authentic.class);
        assertThat(verify(signed("v1,b3RoZXI="), SIGNED)).isInstanceOf(Forged.class);
    }

    @Test
    void delivery_ofRetries_isTakenFor50Hours_andOneFromTheFutureIsNot() {
        assertThat(verify(signed(SIGNATURE), SIGNED.plus(Duration.ofHours(49)))).isInstanceOf(Authentic.class);
        assertThat(verify(signed(SIGNATURE), SIGNED.plus(Duration.ofHours(51)))).isInstanceOf(Forged.class);
        assertThat(verify(signed(SIGNATURE), SIGNED.minus(Duration.ofMinutes(6))))
                .isInstanceOf(Forged.class);
        assertThat(verify(
                        with(Map.of("webhookSecret", "client secret of a test", "webhookAgeHours", "1")),
                        signed(SIGNATURE),
                        SIGNED.plus(Duration.ofHours(2))))
                .isInstanceOf(Forged.class);
    }

    @Test
    void delivery_ofAnotherStoreOfTheSameAccount_isForged() {
        RawWebhook delivery =
                bench.arrive(Objects.requireNonNull(shop.buy(TEE, 1).delivery()));

        assertThat(verify(with(Map.of("storeHash", "another")), delivery.headers(), delivery))
                .isEqualTo(new Forged("the delivery is of another store"));
    }

    @Test
    void unsignedDelivery_isProvenByTheHeaderThatItsSubscriptionWasMadeWith() {
        Connection byHeader = with(Map.of("webhookCheck", "header"));
        bench.channel().webhookSubscriptions(byHeader).heal(HERE);
        shop.flip("webhooks-unsigned", true);
        RawWebhook delivery =
                bench.arrive(Objects.requireNonNull(shop.buy(TEE, 1).delivery()));

        assertThat(verify(byHeader, delivery.headers(), delivery)).isInstanceOf(Authentic.class);
        assertThat(verify(byHeader, Map.of("x-weir-key", "guessed"), delivery)).isInstanceOf(Forged.class);
        assertThat(verify(byHeader, Map.of(), delivery)).isInstanceOf(Forged.class);
        assertThat(verify(bench.connection(), delivery.headers(), delivery)).isInstanceOf(Forged.class);
        assertThat(delivery.headers().get("x-weir-key")).doesNotContain(Hooks.SECRET);
    }

    @Test
    void wayToProve_thatIsNone_isNamedByTheCheck() {
        assertThat(bench.channel().check(with(Map.of("webhookCheck", "none"))).detail())
                .isEqualTo("webhookCheck: none (expected: signature or header)");
    }

    @Test
    void refund_isToldWithItsMoney_andOneThatAGatewayDeclinedWithNone() {
        bench.channel().webhookSubscriptions(bench.connection()).heal(HERE);
        String order = shop.buy(TEE, 2).orderId();

        assertThat(read(shop.refund(order, "19.9", false)))
                .singleElement()
                .isInstanceOfSatisfying(ChannelEvent.RefundStated.class, stated -> {
                    assertThat(stated.refund().orderExternalId()).isEqualTo(order);
                    assertThat(stated.refund().amount()).isEqualTo(Money.of("19.90", "EUR"));
                    assertThat(stated.refund().restocked()).isEmpty();
                });
        assertThat(read(shop.refund(order, "5", true)))
                .singleElement()
                .isInstanceOfSatisfying(
                        ChannelEvent.RefundStated.class,
                        stated -> assertThat(stated.refund().amount()).isEqualTo(Money.of("0", "EUR")));
    }

    @Test
    void refund_thatIsNotThereYet_isNotFound() {
        String order = shop.buy(TEE, 2).orderId();

        refused(Fault.NOT_FOUND, () -> read("""
                {"scope":"store/order/refund/created","data":{"id":%s,"refund":{"refund_id":77}}}""".formatted(order)));
    }

    @Test
    void scope_thatNobodyAskedFor_isIgnored_andAnIdThatIsNoNumberRefused() {
        assertThat(read("{\"scope\":\"store/cart/created\",\"data\":{\"id\":\"x\"}}"))
                .containsExactly(new ChannelEvent.Ignored("store/cart/created is of no consequence"));
        refused(Fault.REJECTED, () -> read("{\"scope\":\"store/order/created\",\"data\":{\"id\":\"1/../2\"}}"));
    }

    private static Map<String, String> signed(String signatures) {
        return Map.of("webhook-id", "msg_1", "webhook-timestamp", "1764500000", "webhook-signature", signatures);
    }

    private WebhookVerdict verify(Map<String, String> headers, Instant at) {
        return verify(with(Map.of("webhookSecret", "client secret of a test")), headers, at);
    }

    private WebhookVerdict verify(Connection connection, Map<String, String> headers, Instant at) {
        RawWebhook delivery = new RawWebhook(headers, "", BODY.getBytes(StandardCharsets.UTF_8), at);
        return bench.channel().orderWebhook(connection).verify(delivery);
    }

    private WebhookVerdict verify(Connection connection, Map<String, String> headers, RawWebhook delivery) {
        return bench.channel().orderWebhook(connection).verify(bench.arrive(new HashMap<>(headers), delivery.body()));
    }

    private List<ChannelEvent> read(SandboxDelivery delivery) {
        return bench.channel().orderWebhook(bench.connection()).read(bench.arrive(delivery));
    }

    private List<ChannelEvent> read(String body) {
        return read(new SandboxDelivery(Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }
}
