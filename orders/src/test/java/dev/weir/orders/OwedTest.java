package dev.weir.orders;

import static dev.weir.orders.OrdersBench.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Order.State;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a payout is held against. */
class OwedTest {
    private final OrdersBench bench = new OrdersBench();

    @Test
    void whatIsOwed_isWhatWasPaidLessWhatWentBack_byTheShopsIds() {
        for (String id : List.of("1", "2", "3")) {
            bench.book.take(bench.brand, bench.shop, bench.order(id, State.PAID, 1));
        }
        bench.book.take(bench.brand, bench.shop, bench.order("4", State.PENDING, 1));
        bench.book.refund(bench.brand, bench.shop, bench.refund("r1", "2", "10.00"));
        bench.book.take(bench.brand, bench.shop, bench.order("3", State.CANCELLED, 2));

        Map<String, OrderBook.Owed> owed = bench.book.owed(bench.shop, List.of("1", "2", "3", "4", "unknown"));

        assertThat(owed.keySet()).containsExactlyInAnyOrder("1", "2", "3", "4");
        assertThat(owed.get("1").amount()).isEqualTo(eur("30.00"));
        assertThat(owed.get("2").amount()).isEqualTo(eur("20.00"));
        assertThat(owed.get("3").amount()).isEqualTo(eur("0.00"));
        assertThat(owed.get("3").state()).isEqualTo(OrderView.State.CANCELLED);
        assertThat(owed.get("4").amount()).isEqualTo(eur("0.00"));
    }

    @Test
    void ordersOfAnotherShop_andNone_oweNothing_andMoreThanAThousandAreTooMany() {
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1));

        assertThat(bench.book.owed(UUID.randomUUID(), List.of("1"))).isEmpty();
        assertThat(bench.book.owed(bench.shop, List.of())).isEmpty();
        assertThatThrownBy(() -> bench.book.owed(bench.shop, Collections.nCopies(1_001, "1")))
                .hasMessageContaining("1001");
    }
}
