package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.HandOver;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands.Errand;
import dev.weir.routes.ChannelErrands.State;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An order that a social shop sold is sent by the brand's own shop. */
class HandOverTest {
    private final RoutesBench bench = new RoutesBench();
    private final FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_CANCEL);
    private final FakeShop social = bench.shop("social", Capability.ORDER_WEBHOOK, Capability.FULFILMENT);

    HandOverTest() {
        bench.list(backend, TEE);
        social.handOver = HandOver.YES;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void paidOrderOfASocialShop_isAtTheBackendOnce_thoughTheAnswerWasLostAndItIsToldTwice() {
        backend.failPush(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        bench.start();
        OrderView order = sold("7");
        bench.books.tell(order, "OrderPaid", Map.of());
        bench.books.tell(order, "OrderPaid", Map.of());

        soon().untilAsserted(() -> assertThat(bench.books.handedOver).containsEntry(order.id(), "B-" + order.id()));
        assertThat(backend.pushed).containsOnlyKeys(order.id().toString());
        assertThat(backend.pushed.get(order.id().toString()).notes()).containsEntry("channelOrder", "7");
    }

    @Test
    void orderWithoutUnits_waitsForThem_andOneThatTheChannelSendsItself_isNotHandedOver() {
        bench.start();
        OrderView isShort = bench.books.toBeCancelled(bench.brand, bench.id(social), "7");
        bench.books.tell(isShort, "OrderPaid", Map.of());
        OrderView sentThere = sold("8");
        bench.books.tell(sentThere, "OrderPaid", Map.of("sentBy", "channel"));
        OrderView later = sold("9");
        bench.books.tell(later, "OrderSupplied", Map.of());

        soon().untilAsserted(() -> assertThat(bench.books.handedOver).containsKey(later.id()));
        assertThat(backend.pushed).containsOnlyKeys(later.id().toString());
    }

    @Test
    void shopWhoseOrdersAnotherToolBrings_andTheBackendItself_handNothingOver() {
        social.handOver = HandOver.NO;
        backend.handOver = HandOver.ALL;
        bench.start();
        bench.books.tell(sold("7"), "OrderPaid", Map.of());
        OrderView own = bench.books.sold(bench.brand, bench.id(backend), "8");
        bench.books.tell(own, "OrderPaid", Map.of());
        OrderView player = bench.books.paid(bench.brand, TEE);

        soon().untilAsserted(() -> assertThat(bench.books.handedOver).containsKey(player.id()));
        assertThat(backend.pushed).containsOnlyKeys(player.id().toString());
    }

    @Test
    void orderThatItsShopCalledOff_isCalledOffAtTheBackend_onceItIsThere() {
        backend.cancelFaults.add(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        RoutesModule module = bench.start();
        OrderView order = sold("7");
        bench.books.tell(order, "OrderPaid", Map.of());
        soon().untilAsserted(() -> assertThat(bench.books.handedOver).containsKey(order.id()));

        bench.books.callOff(order, bench.id(backend));

        soon().untilAsserted(
                        () -> assertThat(cancellation(module, order).state()).isEqualTo(State.DONE));
        assertThat(backend.cancelled).containsExactly("B-" + order.id());
        assertThat(backend.cancelKeys).hasSize(2).containsOnly("weir-cancel-" + order.id());
    }

    @Test
    void orderThatWasCalledOffWhileTheBackendWasTold_isCalledOffThereToo() {
        RoutesModule module = bench.start();
        OrderView order = sold("7");
        backend.whilePushing = () -> bench.books.callOff(order, null);

        bench.books.tell(order, "OrderPaid", Map.of());

        soon().untilAsserted(
                        () -> assertThat(cancellation(module, order).state()).isEqualTo(State.DONE));
        assertThat(backend.cancelled).containsExactly("B-" + order.id());
    }

    @Test
    void orderThatWasCalledOffBefore_isNeverHandedOver() {
        bench.start();
        OrderView order = sold("7");
        bench.transaction.executeWithoutResult(status -> {
            bench.books.tell(order, "OrderPaid", Map.of());
            bench.books.callOff(order, null);
        });

        soon().untilAsserted(() -> assertThat(pushState(order.id())).isEqualTo("SKIPPED"));
        assertThat(backend.pushed).isEmpty();
        assertThat(backend.cancelled).isEmpty();
    }

    @Test
    void orderThatTheBackendWillNotSend_isAskedToBeCalledOffWhereItWasSold_andARefusalIsShown() {
        RoutesModule module = bench.start();
        OrderView order = sold("7");
        bench.books.tell(
                order,
                OrderBook.CALLED_OFF_ELSEWHERE,
                Map.of("by", bench.id(backend).toString()));

        soon().untilAsserted(() -> assertThat(cancellation(module, order).error())
                .isEqualTo("UNSUPPORTED: social does not offer ORDER_CANCEL"));
        assertThat(module.errands().refused(bench.brand, 10)).hasSize(1);
        assertThat(backend.cancelled).isEmpty();
    }

    private OrderView sold(String externalId) {
        return bench.books.sold(bench.brand, bench.id(social), externalId);
    }

    private static Errand cancellation(RoutesModule module, OrderView order) {
        return module.errands().ofOrder(order.id()).stream()
                .filter(errand -> errand.kind() == ChannelErrands.Kind.CANCEL)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no errand yet"));
    }

    private String pushState(UUID order) {
        return bench.jdbc
                .sql("select state from order_push where order_id = :id")
                .param("id", order)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20));
    }
}
