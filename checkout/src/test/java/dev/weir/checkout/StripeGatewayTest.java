package dev.weir.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.checkout.PaymentGateway.CreatePayment;
import dev.weir.checkout.PaymentResult.Status;
import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StripeGatewayTest extends PaymentGatewayContract {
    private static TestClock clock;
    private static StripeBench stripe;

    @BeforeAll
    static void start() {
        clock = new TestClock();
        stripe = new StripeBench(null, clock);
    }

    @AfterAll
    static void stop() {
        stripe.close();
    }

    @Override
    PaymentGateway gateway() {
        return stripe.gateway();
    }

    @Override
    void buyerPays(PaymentResult opened) {
        assertThat(stripe.confirm(opened.reference(), opened.clientSecret(), StripeBench.GOOD)
                        .status())
                .isEqualTo(200);
    }

    @Override
    void buyerIsDeclined(PaymentResult opened) {
        assertThat(stripe.confirm(opened.reference(), opened.clientSecret(), StripeBench.DECLINED)
                        .status())
                .isEqualTo(402);
    }

    @Override
    void bankAsks(PaymentResult opened) {
        stripe.confirm(opened.reference(), opened.clientSecret(), StripeBench.CHALLENGED);
    }

    @Override
    RawWebhook lastDelivery() {
        return stripe.deliveries.getLast();
    }

    @Test
    void oldOrFutureDelivery_isForged() {
        gateway().create(payment("old"));
        RawWebhook delivery = lastDelivery();
        clock.move(Duration.ofSeconds(300));
        assertThat(gateway().verify(delivery)).isInstanceOf(WebhookVerdict.Authentic.class);
        clock.move(Duration.ofSeconds(1));
        assertThat(gateway().verify(delivery)).isInstanceOf(WebhookVerdict.Forged.class);
        clock.move(Duration.ofSeconds(-602));
        assertThat(gateway().verify(delivery)).isInstanceOf(WebhookVerdict.Forged.class);
        clock.move(Duration.ofSeconds(301));
    }

    @Test
    void secretBeingReplaced_isAcceptedBesideTheNewOne() {
        gateway().create(payment("rotation"));
        String known = stripe.settings.get("webhookSecret");
        String key = stripe.settings.get("secretKey");
        assertThat(stripe.gateway(key, List.of("whsec_new", known)).verify(lastDelivery()))
                .isInstanceOf(WebhookVerdict.Authentic.class);
        assertThat(stripe.gateway(key, List.of("whsec_new")).verify(lastDelivery()))
                .isInstanceOf(WebhookVerdict.Forged.class);
    }

    @Test
    void missingOrMalformedSignature_isForged() {
        gateway().create(payment("malformed"));
        RawWebhook good = lastDelivery();
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("stripe-signature", ""),
                Map.of("stripe-signature", "t=now,v1=00"),
                Map.of("stripe-signature", "t=1"),
                Map.of(
                        "stripe-signature",
                        good.headers().get("stripe-signature").replace("v1=", "v0=")))) {
            RawWebhook bad = new RawWebhook(headers, "", good.body(), good.receivedAt());
            assertThat(gateway().verify(bad)).isInstanceOf(WebhookVerdict.Forged.class);
        }
    }

    @Test
    void wrongKey_isUnknownSinceTheOperatorCanMendIt() {
        PaymentResult refused =
                stripe.gateway("sk_sandbox_wrong", List.of("whsec_x")).create(payment("wrong-key"));
        assertThat(refused.status()).isEqualTo(Status.UNKNOWN);
        assertThat(refused.reason()).contains("401").doesNotContain("sk_sandbox");
    }

    @Test
    void sameKeyForAnotherAmount_isFailed() {
        gateway().create(payment("reused"));
        CreatePayment other =
                new CreatePayment(Money.of("1.00", "EUR"), "reused", UUID.randomUUID(), UUID.randomUUID());
        assertThat(gateway().create(other).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void nobodyListening_isUnknown() {
        StripeGateway nowhere = new StripeGateway(
                new StripeGateway.Settings(URI.create("http://127.0.0.1:9"), "sk", "pk", List.of("whsec")), clock);
        assertThat(nowhere.find("pi_1").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void currenciesThatStripeCountsItsOwnWay_areConverted() {
        assertThat(amountOf(Money.of("500", "JPY"))).isEqualTo(500);
        assertThat(amountOf(Money.of("500", "ISK"))).isEqualTo(50_000);
        assertThat(amountOf(Money.of("1.250", "KWD"))).isEqualTo(1_250);
        assertThat(amountOf(Money.of("12.90", "EUR"))).isEqualTo(1_290);
    }

    private static long amountOf(Money money) {
        return dev.weir.checkout.internal.stripe.StripeAmounts.minor(money);
    }

    private static CreatePayment payment(String key) {
        return new CreatePayment(AMOUNT, key, UUID.randomUUID(), UUID.randomUUID());
    }
}
