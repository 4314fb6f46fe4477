package dev.weir.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.checkout.Checkouts.CheckoutView;
import dev.weir.checkout.Checkouts.Opened;
import dev.weir.checkout.Checkouts.State;
import dev.weir.checkout.FakeGateway.Trouble;
import dev.weir.checkout.PaymentResult.Status;
import dev.weir.connectors.RawWebhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckoutFlowTest {
    private TestClock clock;
    private FakeGateway gateway;
    private CheckoutBench bench;

    @BeforeEach
    void setUp() {
        clock = new TestClock();
        bench = new CheckoutBench(clock, deaths -> gateway = new FakeGateway(deaths));
    }

    @Test
    void paidOnce_isOneOrderOneCaptureOneEvent() {
        CheckoutView opened = bench.opened(bench.hold());
        assertThat(opened.total().toString()).isEqualTo("25.80 EUR");

        String effect = take(gateway.become(opened.paymentReference(), Status.AUTHORISED));

        assertThat(effect).isEqualTo("paid");
        CheckoutView paid = bench.checkouts.find(opened.id()).orElseThrow();
        assertThat(paid.state()).isEqualTo(State.PAID);
        assertThat(paid.orderId()).isNotNull();
        assertPaidOnce();
    }

    @Test
    void buyerOfAPaidOrder_isForgotten_whenAsked_andOneWhoIsPayingIsNot() {
        CheckoutView paying = bench.opened(bench.hold());
        CheckoutView opened = bench.opened(bench.hold());
        take(gateway.become(opened.paymentReference(), Status.AUTHORISED));
        assertThat(bench.emails()).hasSize(2);

        UUID order = bench.checkouts.find(opened.id()).orElseThrow().orderId();
        bench.checkouts.forget(List.of(order));
        bench.checkouts.forget(List.of());

        assertThat(bench.emails()).hasSize(1);
        assertThat(bench.checkouts.find(opened.id()).orElseThrow().state()).isEqualTo(State.PAID);
        assertThat(bench.checkouts.find(paying.id()).orElseThrow().state()).isEqualTo(State.OPEN);
    }

    @Test
    void openedTwice_isTheSameCheckout() {
        String token = bench.hold();
        CheckoutView first = bench.opened(token);
        assertThat(bench.opened(token)).isEqualTo(first);
        assertThat(gateway.payments).hasSize(1);
    }

    @Test
    void openedByManyAtOnce_isTheSameCheckout() throws Exception {
        String token = bench.hold();
        try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<UUID>> taps =
                    Collections.nCopies(8, () -> bench.opened(token).id());
            List<Future<UUID>> answers = buyers.invokeAll(taps);
            for (Future<UUID> answer : answers) {
                assertThat(answer.get()).isEqualTo(answers.getFirst().get());
            }
        }
        assertThat(gateway.payments).hasSize(1);
    }

    @Test
    void everyEventTenTimesShuffledAndAtOnce_isStillPaidOnce() throws Exception {
        CheckoutView opened = bench.opened(bench.hold());
        gateway.become(opened.paymentReference(), Status.REQUIRES_ACTION);
        gateway.become(opened.paymentReference(), Status.REQUIRES_PAYMENT);
        take(gateway.become(opened.paymentReference(), Status.AUTHORISED));
        List<RawWebhook> deliveries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            deliveries.addAll(gateway.deliveries);
        }
        Collections.shuffle(deliveries, new Random(7));
        try (ExecutorService couriers = Executors.newFixedThreadPool(6)) {
            List<Callable<String>> calls = deliveries.stream()
                    .<Callable<String>>map(d -> () -> take(d))
                    .toList();
            for (Future<String> done : couriers.invokeAll(calls)) {
                assertThat(done.get()).isEqualTo("unchanged");
            }
        }
        assertPaidOnce();
    }

    @Test
    void firstDeliveriesAtOnce_arePaidOnce() throws Exception {
        CheckoutView opened = bench.opened(bench.hold());
        RawWebhook event = gateway.become(opened.paymentReference(), Status.AUTHORISED);
        try (ExecutorService couriers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = Collections.nCopies(10, () -> take(event));
            for (Future<String> done : couriers.invokeAll(calls)) {
                done.get();
            }
        }
        assertPaidOnce();
    }

    @Test
    void eventBeforeTheAnswerOfCreate_isPaidOnce() {
        gateway.next("create", Trouble.ANSWER_LOST);
        String token = bench.hold();
        assertThat(bench.checkouts.open(CheckoutBench.request(token))).isInstanceOf(Opened.GatewayDown.class);
        String reference = gateway.payments.keySet().iterator().next();

        assertThat(take(gateway.become(reference, Status.AUTHORISED))).isEqualTo("paid");
        assertThat(bench.opened(token).state()).isEqualTo(State.PAID);
        assertPaidOnce();
    }

    @Test
    void lostAnswerOfCreate_isAskedForAgainWithTheSameKey() {
        gateway.next("create", Trouble.ANSWER_LOST);
        String token = bench.hold();
        assertThat(bench.checkouts.open(CheckoutBench.request(token))).isInstanceOf(Opened.GatewayDown.class);
        assertThat(bench.opened(token).clientSecret()).startsWith("secret_");
        assertThat(gateway.payments).hasSize(1);
    }

    @Test
    void authorisedAfterTheHoldRanOut_isCancelledAndNeverCaptured() {
        CheckoutView opened = bench.opened(bench.hold());
        clock.move(Duration.ofSeconds(91));

        assertThat(take(gateway.become(opened.paymentReference(), Status.AUTHORISED)))
                .isEqualTo("cancelled");

        CheckoutView lost = bench.checkouts.find(opened.id()).orElseThrow();
        assertThat(lost.state()).isEqualTo(State.CANCELLED);
        assertThat(lost.reason()).contains("ran out").contains("not been charged");
        assertNobodyPaid(Status.CANCELLED);
    }

    @Test
    void unpaidAfterTheHoldRanOut_isCancelledAtTheGatewayAndExpired() {
        CheckoutView opened = bench.opened(bench.hold());
        clock.move(Duration.ofSeconds(91));
        assertThat(bench.checkouts.recover()).isEqualTo(1);
        assertThat(bench.state(opened.id())).isEqualTo(State.EXPIRED);
        assertNobodyPaid(Status.CANCELLED);
        assertThat(bench.checkouts.recover()).isZero();
    }

    @Test
    void authorisedUnnoticedBeforeTheHoldRanOut_isCancelledWhenFoundLate() {
        CheckoutView opened = bench.opened(bench.hold());
        gateway.become(opened.paymentReference(), Status.AUTHORISED);
        clock.move(Duration.ofSeconds(91));
        bench.checkouts.recover();
        assertThat(bench.state(opened.id())).isEqualTo(State.CANCELLED);
        assertNobodyPaid(Status.CANCELLED);
    }

    @Test
    void lostWebhook_isHealedByTheBuyersPoll() {
        CheckoutView opened = bench.opened(bench.hold());
        gateway.become(opened.paymentReference(), Status.AUTHORISED);
        assertThat(bench.checkouts.find(opened.id()).orElseThrow().state()).isEqualTo(State.OPEN);
        clock.move(Duration.ofSeconds(3));
        assertThat(bench.checkouts.find(opened.id()).orElseThrow().state()).isEqualTo(State.PAID);
    }

    @Test
    void bankChallenge_extendsTheHoldOnce() {
        CheckoutView opened = bench.opened(bench.hold());
        RawWebhook asks = gateway.become(opened.paymentReference(), Status.REQUIRES_ACTION);
        take(asks);
        take(asks);
        CheckoutView paying = bench.checkouts.find(opened.id()).orElseThrow();
        assertThat(paying.expiresAt()).isEqualTo(opened.expiresAt().plusSeconds(180));
        clock.move(Duration.ofSeconds(200));
        take(gateway.become(opened.paymentReference(), Status.AUTHORISED));
        assertPaidOnce();
    }

    @Test
    void captureWithoutAnswer_staysAuthorisedUntilRecovered() {
        CheckoutView opened = bench.opened(bench.hold());
        gateway.next("capture", Trouble.ANSWER_LOST);
        take(gateway.become(opened.paymentReference(), Status.AUTHORISED));
        assertThat(bench.state(opened.id())).isEqualTo(State.AUTHORISED);
        clock.move(Duration.ofSeconds(6));
        assertThat(bench.checkouts.recover()).isEqualTo(1);
        assertPaidOnce();
    }

    @Test
    void captureRefused_callsTheOrderOffAndLetsTheMoneyGo() {
        CheckoutView opened = bench.opened(bench.hold());
        gateway.next("capture", Trouble.REFUSED);
        assertThat(take(gateway.become(opened.paymentReference(), Status.AUTHORISED)))
                .isEqualTo("failed");
        CheckoutView failed = bench.checkouts.find(opened.id()).orElseThrow();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).contains("not been charged");
        assertThat(bench.orders.states()).containsExactly("CANCELLED");
        assertThat(bench.orders.events()).isEmpty();
    }

    @Test
    void capturedByOthersWithoutAHold_isRefunded() {
        CheckoutView opened = bench.opened(bench.hold());
        clock.move(Duration.ofSeconds(91));
        assertThat(take(gateway.become(opened.paymentReference(), Status.CAPTURED)))
                .isEqualTo("refunded");
        assertThat(gateway.payments.get(opened.paymentReference()).refunded).isTrue();
        assertThat(bench.state(opened.id())).isEqualTo(State.CANCELLED);
        assertThat(bench.orders.states()).isEmpty();
    }

    @Test
    void cancelledAtTheGateway_endsTheCheckoutAndFreesTheUnits() {
        CheckoutView opened = bench.opened(bench.hold());
        take(gateway.become(opened.paymentReference(), Status.CANCELLED));
        assertThat(bench.state(opened.id())).isEqualTo(State.CANCELLED);
        assertThat(bench.holds.find(opened.holdId()).orElseThrow().state().name())
                .isEqualTo("RELEASED");
    }

    @Test
    void gatewayRefusesToOpen_failsAndSaysSo() {
        gateway.next("create", Trouble.REFUSED);
        String token = bench.hold();
        assertThat(bench.checkouts.open(CheckoutBench.request(token))).isInstanceOf(Opened.GatewayDown.class);
        assertThat(bench.states()).containsExactly("FAILED");
        assertThat(bench.checkouts.open(CheckoutBench.request(token))).isInstanceOf(Opened.GatewayDown.class);
    }

    @Test
    void silentGateway_isLeftAloneAfterThreeTries() {
        for (int i = 0; i < 6; i++) {
            bench.opened(bench.hold());
        }
        clock.move(Duration.ofSeconds(6));
        for (int i = 0; i < 6; i++) {
            gateway.next("find", Trouble.NOT_DONE);
        }
        assertThat(bench.checkouts.recover()).isZero();
        assertThat(gateway.troubles.get("find")).hasSize(3);
    }

    @Test
    void badRequests_areRefusedByName() {
        assertThat(bench.checkouts.open(CheckoutBench.request("nobody's"))).isInstanceOf(Opened.UnknownHold.class);
        String token = bench.hold();
        Map<String, String> address = CheckoutBench.request(token).address();
        assertThatThrownBy(() -> bench.checkouts.open(new Checkouts.Request(token, "@", address, null)))
                .hasMessageStartingWith("email: ");
        assertThatThrownBy(() -> bench.checkouts.open(new Checkouts.Request(token, "a@b", Map.of(), null)))
                .hasMessageStartingWith("shipping.");
        assertThatThrownBy(() -> bench.checkouts.open(new Checkouts.Request(token, "a@b", address, "none")))
                .hasMessageStartingWith("gateway: none");
        clock.move(Duration.ofSeconds(90));
        assertThat(bench.checkouts.open(CheckoutBench.request(token))).isInstanceOf(Opened.HoldLost.class);
        assertThat(bench.states()).isEmpty();
    }

    private String take(RawWebhook webhook) {
        return bench.checkouts.take("fake", webhook);
    }

    private void assertPaidOnce() {
        assertThat(bench.states()).containsExactly("PAID");
        assertThat(bench.orders.states()).containsExactly("PAID");
        assertThat(bench.orders.events()).containsExactly("OrderCaptured");
        assertThat(gateway.payments.values()).singleElement().satisfies(payment -> {
            assertThat(payment.status).isEqualTo(Status.CAPTURED);
            assertThat(payment.captures).isEqualTo(1);
        });
    }

    private void assertNobodyPaid(Status status) {
        assertThat(bench.orders.states()).isEmpty();
        assertThat(bench.orders.events()).isEmpty();
        assertThat(gateway.payments.values()).singleElement().satisfies(payment -> {
            assertThat(payment.status).isEqualTo(status);
            assertThat(payment.captures).isZero();
        });
    }
}
