package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Money;
import dev.weir.connectors.Settlements.Line;
import dev.weir.connectors.Settlements.Part;
import dev.weir.connectors.Settlements.Statement;
import dev.weir.orders.OrderBook.Owed;
import dev.weir.orders.OrderView;
import dev.weir.routes.Payouts.Compared;
import dev.weir.routes.Payouts.Comparison;
import dev.weir.routes.Payouts.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Finance holds what a platform paid out against what is booked. */
class PayoutCheckTest {
    private final RoutesBench bench = new RoutesBench();
    private final FakeShop shop = bench.shop("shop", Capability.SETTLEMENT);
    private final UUID id = bench.id(shop);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void orders_agreeOrDifferToTheCentOrAreNotKnown() {
        book("1", "10.00");
        book("2", "10.00");
        shop.statements.add(statement(
                "s1",
                sold("1", "10.00"),
                new Line("1", "COMMISSION", Part.KEPT, eur("-0.60")),
                sold("2", "9.99"),
                sold("3", "5.00"),
                new Line(null, "ADJUSTMENT", Part.OTHER, eur("-1.00"))));
        RoutesModule module = read("s1");

        Payouts.Checked checked = payouts(module).getFirst().checked();
        assertThat(checked).isEqualTo(new Payouts.Checked(1, 1, 1, eur("-0.01"), eur("-1.00")));
        assertThat(compare(module, "s1", null, null, 10).items())
                .extracting(Compared::orderExternalId, Compared::verdict, Compared::off)
                .containsExactly(
                        tuple("1", Verdict.AGREES, eur("0.00")),
                        tuple("2", Verdict.DIFFERS, eur("-0.01")),
                        tuple("3", Verdict.UNKNOWN, null));
        assertThat(compare(module, "s1", null, null, 10).items().getFirst()).satisfies(one -> {
            assertThat(one.kept()).isEqualTo(eur("-0.60"));
            assertThat(one.state()).isEqualTo(OrderView.State.PAID);
            assertThat(one.orderId()).isNotNull();
        });
    }

    @Test
    void refundOfALaterPayout_belongsToItsSale() {
        book("1", "6.00");
        shop.statements.add(statement("s1", sold("1", "10.00")));
        RoutesModule module = read("s1");
        assertThat(payouts(module).getFirst().checked())
                .isEqualTo(new Payouts.Checked(0, 1, 0, eur("4.00"), eur("0.00")));

        shop.statements.add(statement("s2", sold("1", "-4.00")));
        module.chores().soon(id);

        await().untilAsserted(() -> assertThat(payouts(module))
                .hasSize(2)
                .allSatisfy(payout -> assertThat(payout.checked()).isNotNull()));
        assertThat(compare(module, "s1", null, null, 10).items())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.verdict()).isEqualTo(Verdict.AGREES);
                    assertThat(one.sold()).isEqualTo(eur("10.00"));
                    assertThat(one.soldInAll()).isEqualTo(eur("6.00"));
                });
        assertThat(compare(module, "s2", null, null, 10).items())
                .extracting(Compared::verdict)
                .containsExactly(Verdict.AGREES);
    }

    @Test
    void orderInAnotherCurrency_differs_byNothingThatCouldBeSaid() {
        bench.books.owed.put("1", new Owed(UUID.randomUUID(), OrderView.State.PAID, Money.of("10.00", "USD")));
        shop.statements.add(statement("s1", sold("1", "10.00")));

        assertThat(compare(read("s1"), "s1", null, null, 10).items())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.verdict()).isEqualTo(Verdict.DIFFERS);
                    assertThat(one.off()).isNull();
                    assertThat(one.booked()).isEqualTo(Money.of("10.00", "USD"));
                });
    }

    @Test
    void manyOrders_arePagedToTheEnd_onceEach_andTheFewThatDifferAreFoundAmongThem() {
        List<Line> lines = new ArrayList<>();
        for (int at = 1000; at < 3400; at++) {
            book("o" + at, "1.00");
            lines.add(sold("o" + at, at == 3390 ? "2.00" : "1.00"));
        }
        shop.statements.add(statement("s1", lines.toArray(Line[]::new)));
        RoutesModule module = read("s1");

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Comparison page = compare(module, "s1", null, cursor, 200);
            page.items().forEach(one -> seen.add(one.orderExternalId()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).hasSize(2400).doesNotHaveDuplicates();

        Comparison first = compare(module, "s1", Verdict.DIFFERS, null, 10);
        assertThat(first.items()).isEmpty();
        Comparison second = compare(module, "s1", Verdict.DIFFERS, first.next(), 10);
        assertThat(second.items()).extracting(Compared::orderExternalId).containsExactly("o3390");
        assertThat(second.next()).isNull();
        assertThat(payouts(module).getFirst().checked())
                .isEqualTo(new Payouts.Checked(2399, 1, 0, eur("1.00"), eur("0.00")));
    }

    @Test
    void payouts_arePagedNewestFirst_andOfOneBrand() {
        for (int day = 0; day < 5; day++) {
            Instant at = FakeShop.AT.minus(Duration.ofDays(day));
            shop.statements.add(new Statement("s" + day, at, null, eur("1.00"), List.of(sold("1", "1.00"))));
        }
        RoutesModule module = read("s4");
        Instant from = FakeShop.AT.minus(Duration.ofDays(9));
        Instant to = FakeShop.AT.plusSeconds(1);

        Payouts.Page first = module.payouts().list(bench.brand, from, to, null, 3);
        Payouts.Page rest = module.payouts().list(bench.brand, from, to, first.next(), 3);

        assertThat(first.items()).extracting(Payouts.Payout::externalId).containsExactly("s0", "s1", "s2");
        assertThat(rest.items()).extracting(Payouts.Payout::externalId).containsExactly("s3", "s4");
        assertThat(rest.next()).isNull();
        assertThat(module.payouts().compare("another brand", id, "s1", null, null, 10))
                .isEmpty();
        assertThatThrownBy(() -> module.payouts().list(bench.brand, from, to, "nonsense", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense");
    }

    private RoutesModule read(String last) {
        RoutesModule module = bench.start();
        module.chores().soon(id);
        await().untilAsserted(() -> assertThat(module.payouts().compare(bench.brand, id, last, null, null, 1))
                .hasValueSatisfying(
                        found -> assertThat(found.payout().checked()).isNotNull()));
        return module;
    }

    private void book(String order, String amount) {
        bench.books.owed.put(order, new Owed(UUID.randomUUID(), OrderView.State.PAID, eur(amount)));
    }

    private Comparison compare(
            RoutesModule module, String payout, @Nullable Verdict only, @Nullable String cursor, int limit) {
        return module.payouts()
                .compare(bench.brand, id, payout, only, cursor, limit)
                .orElseThrow();
    }

    private List<Payouts.Payout> payouts(RoutesModule module) {
        return module.payouts()
                .list(bench.brand, FakeShop.AT.minusSeconds(1), FakeShop.AT.plusSeconds(1), null, 10)
                .items();
    }

    private static Statement statement(String id, Line... lines) {
        Money sum = Money.zero(Currency.getInstance("EUR"));
        for (Line line : lines) {
            sum = sum.plus(line.amount());
        }
        return new Statement(id, FakeShop.AT, null, sum, List.of(lines));
    }

    private static Line sold(String order, String amount) {
        return new Line(order, "REVENUE", Part.SOLD, eur(amount));
    }

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }
}
