package dev.weir.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.checkout.PaymentGateway.CreatePayment;
import dev.weir.checkout.PaymentGateway.PaymentEvent;
import dev.weir.checkout.PaymentResult.Status;
import dev.weir.connectors.Money;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every gateway must keep to, whatever it is called. */
abstract class PaymentGatewayContract {
    static final Money AMOUNT = Money.of("12.90", "EUR");

    private final CreatePayment payment =
            new CreatePayment(AMOUNT, "hold-" + UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

    abstract PaymentGateway gateway();

    /** The buyer pays with a card that the bank approves. */
    abstract void buyerPays(PaymentResult opened);

    /** The buyer tries a card that the bank declines. */
    abstract void buyerIsDeclined(PaymentResult opened);

    /** The buyer tries a card whose bank asks first. */
    abstract void bankAsks(PaymentResult opened);

    /** The delivery that told of the last change. */
    abstract RawWebhook lastDelivery();

    @Test
    void opened_waitsForTheBuyer() {
        PaymentResult opened = gateway().create(payment);
        assertThat(opened.status()).isEqualTo(Status.REQUIRES_PAYMENT);
        assertThat(opened.reference()).isNotBlank();
        assertThat(opened.clientSecret()).isNotBlank();
        assertThat(opened.toString()).doesNotContain(opened.clientSecret());
        assertThat(gateway().publishableKey()).isNotBlank();
    }

    @Test
    void openedAgainWithTheSameKey_isTheSamePayment() {
        assertThat(gateway().create(payment).reference())
                .isEqualTo(gateway().create(payment).reference());
    }

    @Test
    void paid_isAuthorisedThenCapturedOnce() {
        PaymentResult opened = gateway().create(payment);
        buyerPays(opened);
        assertThat(find(opened)).isEqualTo(Status.AUTHORISED);
        assertThat(gateway()
                        .capture(opened.reference(), "c1-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CAPTURED);
        assertThat(gateway()
                        .capture(opened.reference(), "c1-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CAPTURED);
        assertThat(gateway()
                        .capture(opened.reference(), "c2-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CAPTURED);
        assertThat(find(opened)).isEqualTo(Status.CAPTURED);
    }

    @Test
    void cancelled_isNeverCaptured() {
        PaymentResult opened = gateway().create(payment);
        buyerPays(opened);
        assertThat(gateway()
                        .cancel(opened.reference(), "x1-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CANCELLED);
        assertThat(gateway()
                        .cancel(opened.reference(), "x2-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CANCELLED);
        assertThat(gateway()
                        .capture(opened.reference(), "c-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CANCELLED);
    }

    @Test
    void captured_isNotCancelledButRefunded() {
        PaymentResult opened = gateway().create(payment);
        buyerPays(opened);
        gateway().capture(opened.reference(), "c-" + payment.checkoutId());
        assertThat(gateway()
                        .cancel(opened.reference(), "x-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CAPTURED);
        assertThat(gateway()
                        .refund(opened.reference(), "r1-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CANCELLED);
        assertThat(gateway()
                        .refund(opened.reference(), "r2-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.CANCELLED);
    }

    @Test
    void parts_goBackOnceForEachKey_andNeverMoreThanWasPaid() {
        PaymentResult opened = gateway().create(payment);
        buyerPays(opened);
        gateway().capture(opened.reference(), "c-" + payment.checkoutId());
        Money part = Money.ofMinor(
                payment.amount().minor() / 2 + 1, payment.amount().currency().getCurrencyCode());

        PaymentResult first = gateway().refund(opened.reference(), part, "p1-" + payment.checkoutId());
        PaymentResult again = gateway().refund(opened.reference(), part, "p1-" + payment.checkoutId());
        PaymentResult tooMuch = gateway().refund(opened.reference(), part, "p2-" + payment.checkoutId());

        assertThat(first.status()).isEqualTo(Status.CANCELLED);
        assertThat(again).isEqualTo(first);
        assertThat(tooMuch.status()).isEqualTo(Status.FAILED);
    }

    @Test
    void part_ofWhatWasNotTaken_isRefused() {
        PaymentResult opened = gateway().create(payment);
        buyerPays(opened);
        assertThat(gateway()
                        .refund(opened.reference(), payment.amount(), "p-" + payment.checkoutId())
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void declined_mayTryAnotherCard() {
        PaymentResult opened = gateway().create(payment);
        buyerIsDeclined(opened);
        assertThat(find(opened)).isEqualTo(Status.REQUIRES_PAYMENT);
        buyerPays(opened);
        assertThat(find(opened)).isEqualTo(Status.AUTHORISED);
    }

    @Test
    void bankAsking_isUnderWay() {
        PaymentResult opened = gateway().create(payment);
        bankAsks(opened);
        assertThat(find(opened)).isEqualTo(Status.REQUIRES_ACTION);
    }

    @Test
    void unknownPayment_isUnknownNotFailed() {
        assertThat(gateway().find("pi_unknown").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void delivery_isAuthenticAndTellsWhoseCheckoutItIs() {
        PaymentResult opened = gateway().create(payment);
        buyerPays(opened);
        RawWebhook delivery = lastDelivery();
        PaymentEvent event = gateway().parse(delivery).orElseThrow();
        assertThat(gateway().verify(delivery))
                .isInstanceOfSatisfying(
                        WebhookVerdict.Authentic.class,
                        authentic -> assertThat(authentic.deliveryId()).isEqualTo(event.deliveryId()));
        assertThat(event.checkoutId()).isEqualTo(payment.checkoutId());
        assertThat(event.payment().status()).isEqualTo(Status.AUTHORISED);
        assertThat(event.payment().reference()).isEqualTo(opened.reference());
        assertThat(event.payment().clientSecret()).isEqualTo(opened.clientSecret());
    }

    @Test
    void tamperedDelivery_isForged() {
        buyerPays(gateway().create(payment));
        RawWebhook good = lastDelivery();
        byte[] body = good.text().getBytes(StandardCharsets.UTF_8);
        body[body.length / 2] ^= 1;
        RawWebhook bad = new RawWebhook(good.headers(), good.query(), body, good.receivedAt());
        assertThat(gateway().verify(bad)).isInstanceOf(WebhookVerdict.Forged.class);
    }

    private Status find(PaymentResult opened) {
        return gateway().find(opened.reference()).status();
    }
}
