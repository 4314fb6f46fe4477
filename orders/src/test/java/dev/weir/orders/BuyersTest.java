package dev.weir.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Order.State;
import dev.weir.orders.Buyers.Whom;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BuyersTest {
    private final OrdersBench bench = new OrdersBench();
    private final Buyers buyers = bench.orders.buyers();

    private void paid(String id) {
        bench.book.take(bench.brand, bench.shop, bench.order(id, State.PAID, 1));
    }

    private List<OrderView> kept(String email) {
        return buyers.orders(Whom.buyer(bench.shop, email, List.of()));
    }

    @Test
    void namedOrders_loseTheirBuyer_andStayInTheBooks() {
        paid("1");
        paid("2");

        assertThat(buyers.erase(Whom.buyer(bench.shop, "ana@example.com", List.of("1"))))
                .hasSize(1);
        assertThat(buyers.erase(Whom.buyer(bench.shop, "ana@example.com", List.of("1"))))
                .isEmpty();

        assertThat(kept("ANA@example.com")).extracting(OrderView::externalId).containsExactly("2");
        assertThat(buyers.orders(Whom.buyer(bench.shop, null, List.of("1"))))
                .singleElement()
                .satisfies(order -> assertThat(order.email()).isNull());
        assertThat(bench.totals().orders()).isEqualTo(2);
    }

    @Test
    void buyerWithoutOrders_isErasedByTheAddress_atThisShopAlone() {
        UUID other = UUID.randomUUID();
        paid("1");
        bench.book.take(bench.brand, other, bench.order("9", State.PAID, 1));

        assertThat(buyers.erase(Whom.buyer(bench.shop, "Ana@Example.com", List.of())))
                .hasSize(1);

        assertThat(kept("ana@example.com")).isEmpty();
        assertThat(buyers.orders(Whom.buyer(other, "ana@example.com", List.of())))
                .hasSize(1);
    }

    @Test
    void shopThatLeft_takesTheBuyersOfOrdersThatWereHandedToItAlong() {
        UUID backend = UUID.randomUUID();
        paid("1");
        paid("2");
        bench.book.pushed(kept("ana@example.com").getFirst().id(), backend, "B-1");

        assertThat(buyers.erase(Whom.everyone(backend))).hasSize(1);

        assertThat(kept("ana@example.com")).hasSize(1);
    }

    @Test
    void statementThatComesLater_doesNotBringTheBuyerBack() {
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PENDING, 1));
        buyers.erase(Whom.buyer(bench.shop, null, List.of("1")));

        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PENDING, 2));

        assertThat(bench.only().email()).isNull();
    }
}
