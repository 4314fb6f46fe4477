package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.checkout.PaymentResult;
import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.HandOver;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Shipment;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands.Errand;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.ChannelErrands.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The merchant calls off, gives back or sends, at the brand's own shop, what was handed over to it. */
class BackendCallOffTest {
    private static final Money ALL = Money.of("10.00", "EUR");

    private final RoutesBench bench = new RoutesBench();
    private final FakeShop backend = bench.shop(
            "backend",
            Capability.ORDER_PUSH,
            Capability.ORDER_CANCEL,
            Capability.ORDER_REFUND,
            Capability.ORDER_WEBHOOK,
            Capability.ORDER_POLL,
            Capability.AFTER_SALE_POLL);
    private final FakeShop social =
            bench.shop("social", Capability.ORDER_WEBHOOK, Capability.FULFILMENT, Capability.ORDER_CANCEL);

    BackendCallOffTest() {
        bench.list(backend, TEE);
        social.handOver = HandOver.YES;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void orderOfAChannel_isAskedToBeCalledOffThereOnce_andNotAtTheBackendThatSaidSo() {
        RoutesModule module = bench.start();
        OrderView order = handedOver();

        bench.books.calledOffBy(order, bench.id(backend));
        bench.books.calledOffBy(order, bench.id(backend));

        soon().untilAsserted(() -> assertThat(errands(module, order))
                .singleElement()
                .satisfies(errand -> {
                    assertThat(errand.state()).isEqualTo(State.DONE);
                    assertThat(errand.connectionId()).isEqualTo(bench.id(social));
                }));
        assertThat(social.cancelled).containsExactly("7");
        assertThat(backend.cancelKeys).isEmpty();
    }

    @Test
    void orderOfOurs_isPaidBackOnce_thoughTheAnswerWasLost_andTheBackendNeedNotNoteIt() {
        bench.checkouts.refundTroubles.add(PaymentResult.unknown("pi_1", "refund: no answer", null));
        RoutesModule module = bench.start();
        OrderView order = paid();

        bench.books.calledOffBy(order, bench.id(backend));
        bench.books.calledOffBy(order, bench.id(backend));

        soon().untilAsserted(() -> assertThat(errands(module, order))
                .singleElement()
                .extracting(Errand::state)
                .isEqualTo(State.DONE));
        assertThat(bench.checkouts.refunds).containsOnly(Map.entry(order.id() + "/called-off-" + order.id(), ALL));
        assertThat(backend.refunded).isEmpty();
        assertThat(backend.cancelKeys).isEmpty();
    }

    @Test
    void orderOfOurs_thatWasRefundedInPart_isPaidBackTheRest() {
        RoutesModule module = bench.start();
        OrderView order = paid();
        Money part = Money.of("4.00", "EUR");
        module.errands().refund(order.id(), new ChannelErrands.Refund("r-1", part, Map.of(), "came broken"));

        bench.books.calledOffBy(order, bench.id(backend));

        soon().untilAsserted(() -> assertThat(bench.checkouts.refunds)
                .containsOnly(
                        Map.entry(order.id() + "/r-1", part),
                        Map.entry(order.id() + "/called-off-" + order.id(), Money.of("6.00", "EUR"))));
    }

    @Test
    void whatTheBackendGaveBackOfOurOrder_isGivenByOurGateway_andBookedOnce_andNeverMoreThanWasPaid() {
        RoutesModule module = bench.start();
        OrderView order = paid();
        String there = "B-" + order.id();

        bench.deliver(module, backend, "d1", "refund " + there);
        bench.deliver(module, backend, "d2", "refund " + there);
        soon().untilAsserted(() -> assertThat(errands(module, order))
                .singleElement()
                .extracting(Errand::state)
                .isEqualTo(State.DONE));
        bench.books.calledOffBy(order, bench.id(backend));

        String key = "backend-R" + there;
        Money half = Money.of("5.00", "EUR");
        soon().untilAsserted(() -> assertThat(bench.checkouts.refunds)
                .containsOnly(
                        Map.entry(order.id() + "/" + key, half),
                        Map.entry(order.id() + "/called-off-" + order.id(), half)));
        assertThat(backend.refunded).isEmpty();
        assertThat(bench.books.effects(bench.id(backend)))
                .contains("refund re_" + key + " of 5.00 EUR", "refund R" + there + " of 0.00 EUR");
    }

    @Test
    void partOfAChannelsOrder_isShownInWords_untilNothingIsLeftOfIt() {
        RoutesModule module = bench.start();
        OrderView order = handedOver();
        Map<String, String> part =
                Map.of("by", bench.id(backend).toString(), "part", "no longer in the order: 1 x TEE");
        bench.books.tell(order, OrderBook.CALLED_OFF_IN_PART, part);

        soon().untilAsserted(() -> assertThat(module.errands().refused(bench.brand, 10))
                .singleElement()
                .extracting(Errand::error)
                .asString()
                .contains("1 x TEE", "social", "refund the part"));
        assertThat(social.cancelKeys).isEmpty();
        bench.books.calledOffBy(order, bench.id(backend));

        soon().untilAsserted(() ->
                assertThat(module.errands().refused(bench.brand, 10)).isEmpty());
        soon().untilAsserted(() -> assertThat(social.cancelled).containsExactly("7"));
    }

    @Test
    void parcelOfABackendThatDoesNotPush_isPassedOn_once_andOneOfAnOrderNotKnownHoldsUpNothing() {
        RoutesModule module = bench.start();
        OrderView order = handedOver();
        backend.afterSale.add(parcel("B-unknown", "f0"));
        backend.afterSale.add(parcel("B-" + order.id(), "f1"));

        askForAfterSale();
        soon().untilAsserted(() -> assertThat(social.shipped).hasSize(1));
        askForAfterSale();

        soon().untilAsserted(() ->
                assertThat(found(module)).isEqualTo("0 shipments and refunds are news, 1 are of orders not known"));
        assertThat(social.shipped.values()).extracting(Shipment::tracking).containsExactly("JD-f1");
    }

    @Test
    void refundOfABackendThatDoesNotPush_isGivenByOurGateway() {
        bench.start();
        OrderView order = paid();
        backend.afterSale.add(new ChannelEvent.RefundStated(
                new Refund("m1", "B-" + order.id(), FakeShop.AT, List.of(), Money.of("3.00", "EUR"))));

        askForAfterSale();

        soon().untilAsserted(() -> assertThat(bench.checkouts.refunds)
                .containsOnly(Map.entry(order.id() + "/backend-m1", Money.of("3.00", "EUR"))));
    }

    @Test
    void pollOfAMarkedOrderThatNobodyKnows_holdsUpNobody() {
        Order marked = backend.order("X", bench.clock.instant()).with(Order.HANDED_OVER, Order.MARKED);
        bench.books.unknown.add("X");
        backend.orders.put("X", marked);
        backend.orders.put("Y", backend.order("Y", bench.clock.instant().plusMillis(1)));
        RoutesModule module = bench.start();

        bench.jdbc
                .sql("update connection_chore set next_try_at = now() where kind = 'ORDERS'")
                .update();

        soon().untilAsserted(() -> assertThat(
                        standing(module, ConnectionChores.Kind.ORDERS).doneAt())
                .isNotNull());
        assertThat(standing(module, ConnectionChores.Kind.ORDERS).error()).isNull();
        assertThat(bench.books.effects(bench.id(backend))).containsExactly("order Y");
    }

    private static ChannelEvent parcel(String order, String id) {
        return new ChannelEvent.ShipmentStated(
                order, new Shipment(id, FakeShop.AT, List.of(), "DHL", "JD-" + id, null));
    }

    private void askForAfterSale() {
        bench.jdbc
                .sql("update connection_chore set next_try_at = now(), found = null where kind = 'AFTER_SALE'")
                .update();
    }

    private String found(RoutesModule module) {
        return standing(module, ConnectionChores.Kind.AFTER_SALE).found();
    }

    private ConnectionChores.Standing standing(RoutesModule module, ConnectionChores.Kind kind) {
        return module.chores().of(bench.id(backend)).stream()
                .filter(one -> one.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** An order that the social shop sold, at the backend. */
    private OrderView handedOver() {
        OrderView order = bench.books.sold(bench.brand, bench.id(social), "7");
        bench.books.tell(order, "OrderPaid", Map.of());
        return there(order);
    }

    /** An order that was paid here, at the backend. */
    private OrderView paid() {
        return there(bench.books.paid(bench.brand, TEE));
    }

    private OrderView there(OrderView order) {
        soon().untilAsserted(() -> assertThat(bench.books.handedOver).containsKey(order.id()));
        soon().untilAsserted(() -> assertThat(pushState(order.id())).isEqualTo("PUSHED"));
        return bench.books.find(order.id()).orElseThrow();
    }

    private String pushState(UUID order) {
        return bench.jdbc
                .sql("select state from order_push where order_id = :id")
                .param("id", order)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    private static List<Errand> errands(RoutesModule module, OrderView order) {
        return module.errands().ofOrder(order.id()).stream()
                .filter(errand -> errand.kind() != Kind.SHIP)
                .toList();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20));
    }
}
