package dev.weir.orders;

import static dev.weir.orders.OrdersBench.A;
import static dev.weir.orders.OrdersBench.B;
import static dev.weir.orders.OrdersBench.eur;
import static dev.weir.orders.OrdersBench.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.connectors.Money;
import dev.weir.connectors.Order.State;
import dev.weir.connectors.Refund;
import dev.weir.orders.OrderBook.Intake;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefundsTest {
    private final OrdersBench bench = new OrdersBench();

    private Intake refund(Refund refund) {
        return bench.book.refund(bench.brand, bench.shop, refund);
    }

    private void paid(String id) {
        bench.book.take(bench.brand, bench.shop, bench.order(id, State.PAID, 1));
    }

    @AfterEach
    void journalBalances() {
        assertThat(bench.orders.gmv().imbalance()).isEmpty();
    }

    @Test
    void partialRefund_booksTheReturnedLineAndRestocksIt() {
        paid("1");

        assertThat(refund(bench.refund("r", "1", "10.00", line(A, 1, "10.00")))).isInstanceOf(Intake.Done.class);

        assertThat(bench.only().state()).isEqualTo(OrderView.State.PAID);
        assertThat(bench.reservations.stock).containsEntry(A, 99).containsEntry(B, 99);
        assertThat(bench.accounts()).containsEntry("refunds/A-1", 1000L).containsEntry("receivable:tiktok-shop", 2000L);
        assertThat(bench.totals().net()).isEqualTo(eur("15.50"));
        assertThat(refund(bench.refund("r", "1", "10.00"))).isInstanceOf(Intake.Unchanged.class);
        assertThat(bench.told).containsExactly("OrderPlaced", "OrderPaid", "OrderRefunded");
    }

    @Test
    void refundWithoutLines_isSpreadToTheCent() {
        paid("1");
        refund(bench.refund("r", "1", "10.00"));

        assertThat(bench.accounts()).containsEntry("refunds/A-1", 784L).containsEntry("refunds/B-2", 216L);
    }

    @Test
    void refundsUpToTheTotal_settleTheOrderWithShippingAndDiscount() {
        paid("1");
        refund(bench.refund("r1", "1", "12.00"));
        refund(bench.refund("r2", "1", "18.00"));

        assertThat(bench.only().state()).isEqualTo(OrderView.State.REFUNDED);
        assertThat(bench.totals().net()).isEqualTo(eur("0.00"));
        assertThat(bench.accounts()).doesNotContainKeys("receivable:tiktok-shop", "shipping-and-adjustments");

        OrdersBench discounted = new OrdersBench();
        discounted.book.take(
                discounted.brand,
                discounted.shop,
                discounted.order("1", State.PAID, 1, List.of(line(A, 1, "10.00")), "9.00", Map.of()));
        discounted.book.refund(discounted.brand, discounted.shop, discounted.refund("r", "1", "9.00"));
        assertThat(discounted.totals().net()).isEqualTo(eur("0.00"));
    }

    @Test
    void moreUnitsBackThanSold_restockOnlyWhatWasSold() {
        paid("1");
        refund(bench.refund("r1", "1", "0.00", line(A, 50, "10.00")));
        refund(bench.refund("r2", "1", "0.00", line(A, 1, "10.00")));
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.CANCELLED, 2));

        assertThat(bench.reservations.stock).containsEntry(A, 100).containsEntry(B, 100);
    }

    @Test
    void refundOfAnUnknownOrUnpaidOrder_waits() {
        assertThat(refund(bench.refund("r", "1", "10.00")))
                .isInstanceOfSatisfying(
                        Intake.NotYet.class, later -> assertThat(later.reason()).contains("order 1"));
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PENDING, 1));
        assertThat(refund(bench.refund("r", "1", "10.00")))
                .isInstanceOfSatisfying(
                        Intake.NotYet.class, later -> assertThat(later.reason()).contains("not paid"));
        assertThat(bench.accounts()).isEmpty();
    }

    @Test
    void refundInAnotherCurrencyOrBelowZero_isRefusedByValue() {
        paid("1");
        for (Money amount : List.of(Money.of("1.00", "USD"), eur("-1.00"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> refund(new Refund("r", "1", OrdersBench.NOON, List.of(), amount)))
                    .withMessageContaining("amount: " + amount);
        }
        assertThat(bench.totals().refunds()).isEqualTo(eur("0.00"));
    }
}
