package dev.weir.orders;

import static dev.weir.orders.OrdersBench.A;
import static dev.weir.orders.OrdersBench.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.orders.OrderBook.Placed;
import dev.weir.reservation.Hold;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private final OrdersBench bench = new OrdersBench();
    private final Show show = bench.liveShow();
    private final Hold hold = bench.hold(show.id());

    private OrderView place() {
        return ((Placed.Booked) bench.book.place(bench.paid(hold))).order();
    }

    @Test
    void paidHold_becomesOneOrderWithItsAttribution() {
        OrderView order = place();

        assertThat(place()).isEqualTo(order);
        assertThat(bench.only()).isEqualTo(order);
        assertThat(order.state()).isEqualTo(OrderView.State.PAID);
        assertThat(order.total()).isEqualTo(eur("20.00"));
        assertThat(order.attribution()).isEqualTo(hold.attribution());
        assertThat(order.address()).containsEntry("city", "Porto");
        assertThat(order.paymentReference()).isEqualTo("pi_1");
        assertThat(order.id().version()).isEqualTo(5);
        assertThat(bench.accounts()).isEqualTo(Map.of("receivable:PLAYER", 2000L, "sales/A-1", -2000L));
    }

    @Test
    void outbox_tellsWhoEarnedWhat() {
        OrderView order = place();

        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid");
        Map<String, Object> payload = new java.util.HashMap<>(bench.payloads.getFirst());
        assertThat(payload)
                .containsEntry("orderId", order.id().toString())
                .containsEntry("showId", show.id().toString())
                .containsEntry("pinSku", "A-1")
                .containsEntry("channel", "PLAYER")
                .containsEntry("total", Map.of("amount", "20.00", "currency", "EUR"))
                .doesNotContainKeys("connectionId", "email", "address");
    }

    @Test
    void lostHold_leavesNothing() {
        bench.reservations.lost.add(hold.id());

        assertThat(bench.book.place(bench.paid(hold)))
                .isInstanceOfSatisfying(
                        Placed.Lost.class, lost -> assertThat(lost.reason()).contains("expired"));
        assertThat(bench.book.find(hold.id())).isEmpty();
        assertThat(bench.accounts()).isEmpty();
        assertThat(bench.told).isEmpty();
    }

    @Test
    void sale_isHeardByStaffAfterTheCommitOnly() {
        List<ShowEvents.Event> heard = bench.listen(show);
        bench.transaction.executeWithoutResult(status -> {
            place();
            assertThat(heard).isEmpty();
        });

        assertThat(heard).first().satisfies(sale -> {
            assertThat(sale.name()).isEqualTo("sale");
            assertThat(sale.data().get("amount")).isEqualTo(Map.of("amount", "20.00", "currency", "EUR"));
        });
        await().untilAsserted(() -> assertThat(heard).anySatisfy(gmv -> {
            assertThat(gmv.name()).isEqualTo("gmv");
            assertThat(gmv.data().get("units")).isEqualTo(2L);
        }));
    }

    @Test
    void rolledBackPayment_leavesNoOrderAndNoNews() {
        List<ShowEvents.Event> heard = bench.listen(show);
        bench.transaction.executeWithoutResult(status -> {
            place();
            status.setRollbackOnly();
        });

        assertThat(bench.book.list(bench.brand, null, null, null, null, 10).items())
                .isEmpty();
        assertThat(bench.accounts()).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void calledOffOrder_givesUnitsBackOnce() {
        OrderView order = place();

        assertThat(bench.book.cancel(order.id(), "capture failed")).isEqualTo(new Intake.Done(order.id(), "cancelled"));
        assertThat(bench.book.cancel(order.id(), "capture failed")).isEqualTo(new Intake.Unchanged(order.id()));
        assertThat(bench.book.cancel(UUID.randomUUID(), "?")).isInstanceOf(Intake.NotYet.class);
        // The fake does not count units at commit: what came back is what stands above the start.
        assertThat(bench.reservations.stock).containsEntry(A, 102);
        assertThat(bench.accounts()).isEmpty();
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid", "OrderCancelled");
    }
}
