package dev.weir.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.checkout.Checkouts.CheckoutView;
import dev.weir.checkout.Checkouts.State;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way: the SDK, the stand-in on a port, signed deliveries, PostgreSQL. */
class StripeCheckoutTest {
    private final TestClock clock = new TestClock();
    private StripeBench stripe;
    private CheckoutBench bench;
    private int taken;

    @BeforeEach
    void start() {
        stripe = new StripeBench(null, clock);
        bench = new CheckoutBench(clock, deaths -> stripe.gateway());
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Test
    void goodCard_isPaidOnce() {
        CheckoutView opened = bench.opened(bench.hold());
        assertThat(opened.publishableKey()).startsWith("pk_sandbox_");
        pay(opened, StripeBench.GOOD);
        deliver();
        assertPaid(opened);
        assertThat(intent()).contains("\"amount_received\":2580").contains("\"status\":\"succeeded\"");
    }

    @Test
    void everyDeliveryTenTimesBackwards_isPaidOnce() {
        CheckoutView opened = bench.opened(bench.hold());
        pay(opened, StripeBench.GOOD);
        deliver();
        List<RawWebhook> all = List.copyOf(stripe.deliveries).reversed();
        for (int i = 0; i < 10; i++) {
            all.forEach(delivery -> bench.checkouts.take("stripe", delivery));
        }
        assertPaid(opened);
    }

    @Test
    void declinedThenAnotherCard_isPaid() {
        CheckoutView opened = bench.opened(bench.hold());
        pay(opened, StripeBench.DECLINED);
        deliver();
        assertThat(bench.state(opened.id())).isEqualTo(State.OPEN);
        pay(opened, StripeBench.GOOD);
        deliver();
        assertPaid(opened);
    }

    @Test
    void challengeApproved_isPaidWithinTheLongerHold() {
        CheckoutView opened = bench.opened(bench.hold());
        pay(opened, StripeBench.CHALLENGED);
        deliver();
        clock.move(Duration.ofSeconds(120));
        stripe.challenge(opened.paymentReference(), opened.clientSecret(), true);
        deliver();
        assertPaid(opened);
    }

    @Test
    void challengeDeclined_staysOpenThenExpires() {
        CheckoutView opened = bench.opened(bench.hold());
        pay(opened, StripeBench.CHALLENGED);
        stripe.challenge(opened.paymentReference(), opened.clientSecret(), false);
        deliver();
        assertThat(bench.state(opened.id())).isEqualTo(State.OPEN);
        clock.move(Duration.ofSeconds(271));
        bench.checkouts.recover();
        assertThat(bench.state(opened.id())).isEqualTo(State.EXPIRED);
        assertThat(intent()).contains("\"status\":\"canceled\"").contains("\"amount_received\":0");
    }

    @Test
    void paidTooLate_isCancelledNotCaptured() {
        CheckoutView opened = bench.opened(bench.hold());
        deliver();
        clock.move(Duration.ofSeconds(91));
        pay(opened, StripeBench.GOOD);
        deliver();
        assertThat(bench.state(opened.id())).isEqualTo(State.CANCELLED);
        assertThat(bench.orders.states()).isEmpty();
        assertThat(intent()).contains("\"status\":\"canceled\"").contains("\"amount_received\":0");
    }

    private void pay(CheckoutView opened, String card) {
        stripe.confirm(opened.paymentReference(), opened.clientSecret(), card);
    }

    /** Hands over what was pushed, until nothing more comes of it. */
    private void deliver() {
        while (taken < stripe.deliveries.size()) {
            RawWebhook next = stripe.deliveries.get(taken++);
            assertThat(bench.checkouts.verify("stripe", next)).isInstanceOf(WebhookVerdict.Authentic.class);
            bench.checkouts.take("stripe", next);
        }
    }

    private String intent() {
        assertThat(stripe.intents()).hasSize(1);
        return stripe.intents().getFirst();
    }

    private void assertPaid(CheckoutView opened) {
        assertThat(bench.state(opened.id())).isEqualTo(State.PAID);
        assertThat(bench.orders.states()).containsExactly("PAID");
        assertThat(bench.orders.events()).containsExactly("OrderCaptured");
    }
}
