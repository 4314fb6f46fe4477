package dev.weir.orders;

import static dev.weir.orders.OrdersBench.A;
import static dev.weir.orders.OrdersBench.B;
import static dev.weir.orders.OrdersBench.eur;
import static dev.weir.orders.OrdersBench.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Order;
import dev.weir.connectors.Order.State;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.reservation.Hold;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelIntakeTest {
    private final OrdersBench bench = new OrdersBench();

    private Intake take(Order order) {
        return bench.book.take(bench.brand, bench.shop, order);
    }

    @AfterEach
    void journalBalances() {
        assertThat(bench.orders.gmv().imbalance()).isEmpty();
    }

    @Test
    void paidOrder_takesUnitsAndBooksLinesToTheCent() {
        assertThat(take(bench.order("1", State.PAID, 1)))
                .isInstanceOfSatisfying(
                        Intake.Done.class, done -> assertThat(done.effect()).isEqualTo("booked"));

        assertThat(bench.only().state()).isEqualTo(OrderView.State.PAID);
        assertThat(bench.only().lines()).hasSize(2);
        assertThat(bench.reservations.stock).containsEntry(A, 98).containsEntry(B, 99);
        assertThat(bench.accounts())
                .isEqualTo(Map.of(
                        "receivable:tiktok-shop", 3000L,
                        "sales/A-1", -2000L,
                        "sales/B-2", -550L,
                        "shipping-and-adjustments", -450L));
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid");
    }

    @Test
    void pendingThenPaid_takesUnitsOnceAndBooksThen() {
        take(bench.order("1", State.PENDING, 1));
        assertThat(bench.accounts()).isEmpty();
        assertThat(bench.only().state()).isEqualTo(OrderView.State.PENDING);

        take(bench.order("1", State.PAID, 2));

        assertThat(bench.reservations.stock).containsEntry(A, 98);
        assertThat(bench.only().state()).isEqualTo(OrderView.State.PAID);
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid");
    }

    @Test
    void cancelledOrder_givesUnitsBackAndLeavesNothingInTheBooks() {
        take(bench.order("1", State.PAID, 1));
        take(bench.order("1", State.CANCELLED, 2));

        assertThat(bench.only().state()).isEqualTo(OrderView.State.CANCELLED);
        assertThat(bench.reservations.stock).containsEntry(A, 100).containsEntry(B, 100);
        assertThat(bench.accounts()).isEmpty();
        assertThat(bench.totals().orders()).isZero();
        assertThat(take(bench.order("1", State.CANCELLED, 3))).isInstanceOf(Intake.Unchanged.class);
    }

    @Test
    void cancellationSeenFirst_isRecordedAndStands() {
        assertThat(take(bench.order("1", State.CANCELLED, 2))).isInstanceOf(Intake.Done.class);
        assertThat(take(bench.order("1", State.PAID, 1))).isInstanceOf(Intake.Unchanged.class);

        assertThat(bench.only().state()).isEqualTo(OrderView.State.CANCELLED);
        assertThat(bench.reservations.causes).isEmpty();
        assertThat(bench.told).isEmpty();
    }

    @Test
    void calledOffOrder_keepsTheSameReason_whicheverStatementCameFirst() {
        take(bench.order("1", State.CANCELLED, 2));
        take(bench.order("1", State.PAID, 1));
        take(bench.order("2", State.PAID, 1));
        take(bench.order("2", State.CANCELLED, 2));

        assertThat(bench.jdbc
                        .sql("select cancel_reason from orders where brand = :brand")
                        .param("brand", bench.brand)
                        .query(String.class)
                        .list())
                .containsExactly("called off at tiktok-shop", "called off at tiktok-shop");
    }

    @Test
    void orderForUnitsThatAreNotThere_isShortButBooked() {
        bench.reservations.stock.put(B, 0);

        assertThat(take(bench.order("1", State.PAID, 1)))
                .isInstanceOfSatisfying(
                        Intake.Done.class, done -> assertThat(done.effect()).isEqualTo("short"));

        assertThat(bench.only().state()).isEqualTo(OrderView.State.SHORT);
        assertThat(bench.reservations.stock).containsEntry(A, 100);
        assertThat(bench.totals().gross()).isEqualTo(eur("25.50"));
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderShort", "OrderPaid");
        take(bench.order("1", State.CANCELLED, 2));
        assertThat(bench.reservations.stock).containsEntry(A, 100);
        assertThat(bench.accounts()).isEmpty();
    }

    @Test
    void shortOrder_isSuppliedOnce_whenUnitsCome_andThenGivesThemBackWhenCancelled() {
        bench.reservations.stock.put(B, 0);
        take(bench.order("1", State.PAID, 1));
        String cause = "order/" + bench.only().id();
        assertThat(bench.book.supply(cause)).isInstanceOf(Intake.Unchanged.class);
        assertThat(bench.only().state()).isEqualTo(OrderView.State.SHORT);

        bench.reservations.stock.put(B, 100);
        assertThat(bench.book.supply(cause)).isInstanceOf(Intake.Done.class);
        assertThat(bench.book.supply(cause)).isInstanceOf(Intake.Unchanged.class);
        assertThat(bench.only().state()).isEqualTo(OrderView.State.PAID);
        assertThat(bench.reservations.stock).containsEntry(A, 98);
        assertThat(bench.told).endsWith("OrderPaid", "OrderSupplied");

        take(bench.order("1", State.CANCELLED, 2));
        assertThat(bench.reservations.stock).containsEntry(A, 100).containsEntry(B, 100);
        assertThat(bench.reservations.calledOff).containsExactly(cause);
        assertThat(bench.book.supply(cause)).isInstanceOf(Intake.Unchanged.class);
        assertThat(bench.book.supply("count/1")).isInstanceOf(Intake.NotYet.class);
    }

    @Test
    void editBeforePayment_exchangesUnitsAndOlderEditIsLeftOut() {
        take(bench.order("1", State.PENDING, 1));
        take(bench.order("1", State.PENDING, 3, List.of(line(A, 5, "10.00")), "50.00", Map.of()));
        take(bench.order("1", State.PENDING, 2, List.of(line(A, 9, "10.00")), "90.00", Map.of()));
        take(bench.order("1", State.PAID, 4, List.of(line(A, 5, "10.00")), "50.00", Map.of()));

        assertThat(bench.reservations.stock).containsEntry(A, 95).containsEntry(B, 100);
        assertThat(bench.totals().gross()).isEqualTo(eur("50.00"));
    }

    @Test
    void deliveriesAtOnce_haveOneEffect() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Intake> delivery = () -> take(bench.order("1", State.PAID, 1));
            long done = 0;
            for (var outcome : threads.invokeAll(Collections.nCopies(10, delivery))) {
                done += outcome.get() instanceof Intake.Done ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        }
        assertThat(bench.reservations.stock).containsEntry(A, 98);
        assertThat(bench.totals().orders()).isEqualTo(1);
    }

    @Test
    void sameNumberAtTwoShops_isTwoOrders() {
        take(bench.order("1", State.PAID, 1));
        bench.book.take(bench.brand, UUID.randomUUID(), bench.order("1", State.PAID, 1));

        assertThat(bench.totals().orders()).isEqualTo(2);
    }

    @Test
    void echoOfAnOrderHandedOver_isKnownByItsId() {
        OrderView own = place();
        bench.book.pushed(own.id(), bench.shop, "gid://1");
        bench.book.pushed(own.id(), bench.shop, "gid://1");

        assertThat(take(bench.order("gid://1", State.PAID, 1))).isEqualTo(new Intake.Unchanged(own.id()));
        assertThat(bench.only().backendOrderId()).isEqualTo("gid://1");
        take(bench.order("gid://1", State.CANCELLED, 2));
        assertThat(bench.only().state()).isEqualTo(OrderView.State.CANCELLED);
    }

    @Test
    void echoThatOutrunsItsId_isKnownByItsNoteButOnlyWithTheSameUnits() {
        OrderView own = place();
        Map<String, String> note = Map.of("weir_order", own.id().toString());

        take(bench.order("other", State.PAID, 1, note));
        assertThat(bench.book.list(bench.brand, null, null, null, null, 10).items())
                .hasSize(2);
        Intake echo = take(bench.order("echo", State.PAID, 1, List.of(line(A, 2, "10.00")), "20.00", note));

        assertThat(echo).isEqualTo(new Intake.Unchanged(own.id()));
        assertThat(bench.book.find(own.id())).map(OrderView::backendOrderId).contains("echo");
    }

    @Test
    void orderOfAChannel_thatWasHandedOver_isKnownAtTheBackend_andBookedOnce() {
        UUID backend = UUID.randomUUID();
        take(bench.order("1", State.PAID, 1));
        OrderView order = bench.only();
        Map<String, String> note = Map.of("weir_order", order.id().toString());

        Intake outran = bench.book.take(bench.brand, backend, bench.order("B-1", State.PAID, 1, note));
        bench.book.pushed(order.id(), backend, "B-1");
        Intake echo = bench.book.take(bench.brand, backend, bench.order("B-1", State.PAID, 9));

        assertThat(outran).isEqualTo(new Intake.Unchanged(order.id()));
        assertThat(echo).isEqualTo(new Intake.Unchanged(order.id()));
        assertThat(bench.reservations.stock).containsEntry(A, 98);
        assertThat(bench.totals().orders()).isEqualTo(1);
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid");
    }

    @Test
    void unitsThatComeBackAtTheBackend_areForSale_andMoneyThatItSaysIsTheChannelsToGive() {
        UUID backend = UUID.randomUUID();
        take(bench.order("1", State.PAID, 1));
        bench.book.pushed(bench.only().id(), backend, "B-1");
        Map<String, Long> before = bench.accounts();

        bench.book.refund(bench.brand, backend, bench.refund("r1", "B-1", "10.00", line(A, 1, "10.00")));

        assertThat(bench.accounts()).isEqualTo(before);
        assertThat(bench.reservations.stock).containsEntry(A, 99);
        bench.book.refund(bench.brand, bench.shop, bench.refund("t1", "1", "10.00"));
        assertThat(bench.accounts()).containsEntry("receivable:tiktok-shop", 2_000L);
    }

    @Test
    void addressOfANewerStatement_isKept_andWhoSendsTheGoodsIsTold() {
        take(addressed("***", State.PENDING, 1));
        take(addressed("Main St 1", State.PAID, 2));

        assertThat(bench.only().address()).containsEntry("line1", "Main St 1");
        assertThat(bench.payloads.getLast().get("sentBy")).isEqualTo("channel");
    }

    private static Order addressed(String line, State state, int version) {
        return new Order(
                "tiktok-shop",
                "1",
                state,
                OrdersBench.NOON,
                OrdersBench.NOON.plusSeconds(version),
                List.of(line(A, 2, "10.00")),
                OrdersBench.eur("20.00"),
                null,
                Map.of("sent_by", "channel"),
                Map.of("line1", line));
    }

    private OrderView place() {
        Hold hold = bench.hold(java.util.UUID.randomUUID());
        return ((OrderBook.Placed.Booked) bench.book.place(bench.paid(hold))).order();
    }
}
