package dev.weir.orders;

import static dev.weir.orders.OrdersBench.A;
import static dev.weir.orders.OrdersBench.B;
import static dev.weir.orders.OrdersBench.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Order;
import dev.weir.connectors.Order.State;
import dev.weir.orders.OrderBook.Intake;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The merchant calls off, in the pages of the brand's own shop, what the hub handed over to it. */
class BackendWordTest {
    private static final Map<String, String> MARKED = Map.of(Order.HANDED_OVER, Order.MARKED);

    private final OrdersBench bench = new OrdersBench();
    private final UUID backend = UUID.randomUUID();

    @AfterEach
    void journalBalances() {
        assertThat(bench.orders.gmv().imbalance()).isEmpty();
    }

    @Test
    void orderOfAChannel_isCalledOffOnce_andWhoSoldItIsTold_andItsOwnWordLaterChangesNothing() {
        OrderView order = handedOver();

        Intake first = says(bench.order("B-1", State.CANCELLED, 2, MARKED));
        Intake again = says(bench.order("B-1", State.CANCELLED, 9, MARKED));
        Intake channels = bench.book.take(bench.brand, bench.shop, bench.order("1", State.CANCELLED, 10));

        assertThat(first).isEqualTo(new Intake.Done(order.id(), "cancelled"));
        assertThat(again).isEqualTo(new Intake.Unchanged(order.id()));
        assertThat(channels).isEqualTo(new Intake.Unchanged(order.id()));
        assertThat(bench.only().state()).isEqualTo(OrderView.State.CANCELLED);
        assertThat(bench.reservations.stock).containsEntry(A, 100).containsEntry(B, 100);
        assertThat(bench.accounts()).isEmpty();
        assertThat(bench.told)
                .containsExactly("OrderPlaced", "OrderPaid", "OrderCancelled", OrderBook.CALLED_OFF_ELSEWHERE);
        assertThat(bench.payloads.getLast().get("by")).isEqualTo(backend.toString());
        assertThat(bench.payloads.get(2).get("by")).isEqualTo(backend.toString());
    }

    @Test
    void echoOfWhatTheChannelCalledOff_changesNothing() {
        handedOver();
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.CANCELLED, 2));
        assertThat(bench.payloads.getLast().get("backendConnectionId")).isEqualTo(backend.toString());
        assertThat(bench.payloads.getLast().get("by")).isEqualTo(bench.shop.toString());

        Intake echo = says(bench.order("B-1", State.CANCELLED, 3, MARKED));

        assertThat(echo).isInstanceOf(Intake.Unchanged.class);
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid", "OrderCancelled");
    }

    @Test
    void orderOfOurCheckout_isCalledOffOnce_andItsMoneyIsAskedFor() {
        OrderView order = place();
        bench.book.pushed(order.id(), backend, "B-1");

        says(bench.order("B-1", State.CANCELLED, 2, MARKED));
        says(bench.order("B-1", State.CANCELLED, 2, MARKED));

        assertThat(bench.only().state()).isEqualTo(OrderView.State.CANCELLED);
        assertThat(bench.accounts()).isEmpty();
        assertThat(bench.told)
                .containsExactly("OrderPlaced", "OrderPaid", "OrderCancelled", OrderBook.CALLED_OFF_ELSEWHERE);
        assertThat(bench.book.refund(bench.brand, backend, bench.refund("re_1", "B-1", "20.00")))
                .isEqualTo(new Intake.Unchanged(order.id()));
        assertThat(bench.accounts()).isEmpty();
    }

    @Test
    void orderOfOurs_thatWasRefunded_keepsItsBooks_andItsMoneyIsCountedAgainOnce() {
        OrderView order = place();
        bench.book.pushed(order.id(), backend, "B-1");
        bench.book.refund(bench.brand, backend, bench.refund("re_1", "B-1", "20.00"));
        Map<Object, Integer> stock = Map.copyOf(bench.reservations.stock);

        says(bench.order("B-1", State.CANCELLED, 2, MARKED));
        says(bench.order("B-1", State.CANCELLED, 3, MARKED));

        assertThat(bench.only().state()).isEqualTo(OrderView.State.REFUNDED);
        assertThat(bench.reservations.stock).isEqualTo(stock);
        assertThat(bench.told.stream().filter(OrderBook.CALLED_OFF_ELSEWHERE::equals))
                .hasSize(1);
    }

    @Test
    void orderOfAChannel_thatGaveTheMoneyBackAlready_givesItsUnitsBack_andTheChannelIsNotAsked() {
        handedOver();
        bench.book.refund(bench.brand, bench.shop, bench.refund("t1", "1", "30.00"));

        says(bench.order("B-1", State.CANCELLED, 2, MARKED));

        assertThat(bench.reservations.stock).containsEntry(A, 100).containsEntry(B, 100);
        assertThat(bench.told).doesNotContain(OrderBook.CALLED_OFF_ELSEWHERE);
    }

    @Test
    void markedOrder_whoseIdIsNotKnownYet_isFoundByOurs_whateverItsUnitsAreNow() {
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1));
        OrderView order = bench.only();
        Map<String, String> mark = Map.of(Order.HANDED_OVER, order.id().toString());

        says(bench.order("B-1", State.CANCELLED, 2, List.of(line(A, 1, "10.00")), "10.00", mark));

        assertThat(bench.only().state()).isEqualTo(OrderView.State.CANCELLED);
        assertThat(bench.only().backendOrderId()).isEqualTo("B-1");
        assertThat(bench.payloads.get(2).get("by")).isEqualTo(backend.toString());
    }

    @Test
    void markedOrder_thatNobodyKnows_waits_andIsNoNewOrder() {
        assertThat(says(bench.order("B-9", State.CANCELLED, 2, MARKED))).isInstanceOf(Intake.NotYet.class);

        assertThat(bench.book.list(bench.brand, null, null, null, null, 10).items())
                .isEmpty();
    }

    @Test
    void partThatWasCalledOff_isToldOnceForItsWords_andChangesNoBooks() {
        OrderView order = handedOver();
        Map<String, Long> before = bench.accounts();
        Map<String, String> part = Map.of(Order.HANDED_OVER, Order.MARKED, Order.CALLED_OFF_PART, "1 x A-1");

        says(bench.order("B-1", State.PAID, 2, part));
        Intake again = says(bench.order("B-1", State.PAID, 3, part));

        assertThat(again).isEqualTo(new Intake.Unchanged(order.id()));
        assertThat(bench.accounts()).isEqualTo(before);
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid", OrderBook.CALLED_OFF_IN_PART);
        assertThat(bench.payloads.getLast().get("part")).isEqualTo("1 x A-1");
    }

    @Test
    void whatTheBackendGaveBackOfAChannelsOrder_isToldInWords_once() {
        handedOver();

        bench.book.refund(bench.brand, backend, bench.refund("r1", "B-1", "10.00", line(A, 1, "10.00")));
        bench.book.refund(bench.brand, backend, bench.refund("r1", "B-1", "10.00", line(A, 1, "10.00")));

        assertThat(bench.told.stream().filter(OrderBook.CALLED_OFF_IN_PART::equals))
                .hasSize(1);
        assertThat(bench.payloads.getLast().get("part")).isEqualTo("given back: 10.00 EUR, 1 x A-1");
    }

    @Test
    void orderIsFound_byTheIdOfEitherShop() {
        OrderView order = handedOver();

        assertThat(bench.book.at(bench.shop, "1")).map(OrderView::id).contains(order.id());
        assertThat(bench.book.at(backend, "B-1")).map(OrderView::id).contains(order.id());
        assertThat(bench.book.at(backend, "1")).isEmpty();
    }

    private OrderView handedOver() {
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1));
        OrderView order = bench.only();
        bench.book.pushed(order.id(), backend, "B-1");
        return order;
    }

    private OrderView place() {
        return ((OrderBook.Placed.Booked) bench.book.place(bench.paid(bench.hold(UUID.randomUUID())))).order();
    }

    private Intake says(Order order) {
        return bench.book.take(bench.brand, backend, order);
    }
}
