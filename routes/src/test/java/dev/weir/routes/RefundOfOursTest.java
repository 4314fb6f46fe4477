package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.checkout.PaymentResult;
import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands.Errand;
import dev.weir.routes.ChannelErrands.State;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money of an order that was paid here goes back by our own gateway. */
class RefundOfOursTest {
    private static final Money PART = Money.of("4.00", "EUR");

    private final RoutesBench bench = new RoutesBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void money_goesBackOnce_andIsBookedAndNotedAtTheBackend_thoughBothAnswersWereLost() {
        FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_REFUND);
        backend.refundFaults.add(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        bench.checkouts.refundTroubles.add(PaymentResult.unknown("pi_1", "refund: no answer", null));
        RoutesModule module = bench.start();
        OrderView order = paid(backend);

        refund(module, order, "r-1");
        refund(module, order, "r-1");

        soon().untilAsserted(() -> assertThat(errand(module, order).state()).isEqualTo(State.DONE));
        assertThat(bench.checkouts.refunds).containsOnly(Map.entry(order.id() + "/r-1", PART));
        assertThat(bench.checkouts.refundsAsked).hasValue(3);
        assertThat(backend.refunded).containsOnlyKeys("r-1");
        assertThat(bench.books.effects(bench.id(backend)))
                .containsExactly("refund re_r-1 of 4.00 EUR", "refund refund-of-B-" + order.id() + " of 0.00 EUR");
    }

    @Test
    void moneyThatTheGatewayDoesNotGiveBack_isNeitherBookedNorNoted() {
        FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_REFUND);
        bench.checkouts.refundTroubles.add(
                PaymentResult.failed("pi_1", "refund: Stripe answered 400 amount_too_large"));
        RoutesModule module = bench.start();
        OrderView order = paid(backend);

        refund(module, order, "r-1");

        soon().untilAsserted(() -> assertThat(errand(module, order).state()).isEqualTo(State.REFUSED));
        assertThat(errand(module, order).error())
                .isEqualTo("REJECTED: payment: refund: Stripe answered 400 amount_too_large");
        assertThat(backend.refunded).isEmpty();
        assertThat(bench.books.effects(bench.id(backend))).isEmpty();
    }

    @Test
    void moneyThatWentBack_isBooked_thoughTheBackendWillNotNoteIt() {
        FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_REFUND);
        backend.refundFaults.add(new ChannelException(Fault.REJECTED, "not invoiced"));
        RoutesModule module = bench.start();
        OrderView order = paid(backend);

        refund(module, order, "r-1");

        soon().untilAsserted(() -> assertThat(errand(module, order).error()).isEqualTo("REJECTED: not invoiced"));
        assertThat(bench.books.effects(bench.id(backend))).containsExactly("refund re_r-1 of 4.00 EUR");
    }

    @Test
    void backendThatNotesNoRefunds_keepsNobodyFromTheirMoney() {
        FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH);
        RoutesModule module = bench.start();
        OrderView order = paid(backend);

        refund(module, order, "r-1");

        soon().untilAsserted(
                        () -> assertThat(errand(module, order).externalId()).isEqualTo("re_r-1"));
        assertThat(bench.checkouts.refunds).hasSize(1);
    }

    private OrderView paid(FakeShop backend) {
        bench.list(backend, TEE);
        OrderView order = bench.books.paid(bench.brand, TEE);
        soon().untilAsserted(() -> assertThat(pushed(order)).isEqualTo("PUSHED"));
        return order;
    }

    private String pushed(OrderView order) {
        return bench.jdbc
                .sql("select state from order_push where order_id = :id")
                .param("id", order.id())
                .query(String.class)
                .optional()
                .orElse("none");
    }

    private static void refund(RoutesModule module, OrderView order, String key) {
        module.errands().refund(order.id(), new ChannelErrands.Refund(key, PART, Map.of(), "came broken"));
    }

    private static Errand errand(RoutesModule module, OrderView order) {
        return module.errands().ofOrder(order.id()).getFirst();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20));
    }
}
