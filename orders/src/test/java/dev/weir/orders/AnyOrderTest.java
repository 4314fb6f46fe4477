package dev.weir.orders;

import static dev.weir.orders.OrdersBench.A;
import static dev.weir.orders.OrdersBench.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Order.State;
import dev.weir.orders.OrderBook.Intake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten deliveries of each event, in any order, end like one of each in the order they happened. */
class AnyOrderTest {
    private static final Function<OrdersBench, Intake> PENDING =
            bench -> bench.book.take(bench.brand, bench.shop, bench.order("1", State.PENDING, 1));
    private static final Function<OrdersBench, Intake> PAID =
            bench -> bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 2));
    private static final Function<OrdersBench, Intake> CANCELLED =
            bench -> bench.book.take(bench.brand, bench.shop, bench.order("1", State.CANCELLED, 3));
    private static final Function<OrdersBench, Intake> REFUND =
            bench -> bench.book.refund(bench.brand, bench.shop, bench.refund("r1", "1", "10.00", line(A, 1, "10.00")));
    private static final Function<OrdersBench, Intake> REST =
            bench -> bench.book.refund(bench.brand, bench.shop, bench.refund("r2", "1", "20.00"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void paidOrder_endsAlike(long seed) {
        endsAlike(seed, List.of(PENDING, PAID));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void partlyRefundedOrder_endsAlike(long seed) {
        endsAlike(seed, List.of(PENDING, PAID, REFUND));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void fullyRefundedOrder_endsAlike(long seed) {
        endsAlike(seed, List.of(PENDING, PAID, REFUND, REST));
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void cancelledOrder_endsAlike(long seed) {
        endsAlike(seed, List.of(PENDING, PAID, REFUND, CANCELLED));
    }

    private static void endsAlike(long seed, List<Function<OrdersBench, Intake>> events) {
        OrdersBench once = new OrdersBench();
        events.forEach(event -> event.apply(once));

        OrdersBench shuffled = new OrdersBench();
        List<Function<OrdersBench, Intake>> deliveries = new ArrayList<>();
        Collections.nCopies(10, events).forEach(deliveries::addAll);
        Collections.shuffle(deliveries, new Random(seed));
        List<Function<OrdersBench, Intake>> parked = new ArrayList<>();
        for (Function<OrdersBench, Intake> delivery : deliveries) {
            if (delivery.apply(shuffled) instanceof Intake.NotYet) {
                parked.add(delivery);
            }
            assertThat(shuffled.orders.gmv().imbalance()).isEmpty();
        }
        parked.forEach(delivery -> assertThat(delivery.apply(shuffled)).isNotInstanceOf(Intake.NotYet.class));

        assertThat(end(shuffled)).isEqualTo(end(once));
    }

    private static Map<String, Object> end(OrdersBench bench) {
        Map<String, Object> end = new HashMap<>();
        end.put("state", bench.only().state());
        end.put("stock", Map.copyOf(bench.reservations.stock));
        end.put("journal", bench.accounts());
        end.put("figures", bench.totals());
        return end;
    }
}
