package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Outbox;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Attribution;
import dev.weir.routes.ConversionLog.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which purchases does a platform hear of that brought their buyers? */
class ConversionsTest {
    private static final Map<String, String> CLICKED = Map.of("fbclid", "AbCdEf", "utm_source", "instagram");

    private final RoutesBench bench = new RoutesBench();
    private final FakeShop social = bench.shop("social", Capability.CONVERSIONS);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void paidOrder_thatALinkBrought_isToldOnce_underItsOwnId() {
        RoutesModule module = bench.start();
        UUID order = captured(OrderView.State.PAID, CLICKED);
        tell(order);

        becomes(module, order, State.TOLD);
        tell(order);
        UUID next = captured(OrderView.State.PAID, Map.of("utm_campaign", "show-42"));
        becomes(module, next, State.TOLD);
        assertThat(social.purchases).hasSize(2);
        assertThat(social.purchases.getFirst().key()).isEqualTo(order.toString());
        assertThat(social.purchases.getFirst().campaign()).isEqualTo(CLICKED);
        assertThat(social.purchases.getFirst().total()).isEqualTo(Money.of("10.00", "EUR"));
    }

    @Test
    void orderThatNoLinkBrought_andOneThatWentBack_areNotTold() {
        RoutesModule module = bench.start();
        UUID own = captured(OrderView.State.PAID, Map.of());
        UUID back = captured(OrderView.State.REFUNDED, CLICKED);

        becomes(module, back, State.SKIPPED);
        assertThat(module.conversionLog().list(bench.brand, null, 10))
                .extracting(ConversionLog.Entry::orderId)
                .containsExactly(back)
                .doesNotContain(own);
        assertThat(social.purchases).isEmpty();
    }

    @Test
    void purchaseThatThePlatformRefuses_isParkedWithItsWords_andToldAgainOnRequest() {
        social.purchaseFaults.add(new ChannelException(Fault.REJECTED, "events: a Purchase needs value"));
        RoutesModule module = bench.start();
        UUID order = captured(OrderView.State.PAID, CLICKED);

        ConversionLog.Entry parked = becomes(module, order, State.PARKED);
        assertThat(parked.reason()).isEqualTo("REJECTED: events: a Purchase needs value");
        assertThat(parked.nextTryAt()).isNull();
        assertThat(module.conversionLog().again("another brand", order, bench.id(social)))
                .isFalse();
        assertThat(module.conversionLog().again(bench.brand, order, bench.id(social)))
                .isTrue();
        becomes(module, order, State.TOLD);
        assertThat(module.conversionLog().again(bench.brand, order, bench.id(social)))
                .isFalse();
    }

    @Test
    void lostAnswer_isToldAgainUnderTheSameId() {
        social.purchaseFaults.add(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        RoutesModule module = bench.start();
        UUID order = captured(OrderView.State.PAID, CLICKED);

        becomes(module, order, State.TOLD);
        assertThat(social.purchases).hasSize(2).allMatch(told -> told.key().equals(order.toString()));
    }

    private UUID captured(OrderView.State state, Map<String, String> campaign) {
        Money price = Money.of("10.00", "EUR");
        UUID id = UUID.randomUUID();
        bench.books.views.put(
                id,
                new OrderView(
                        id,
                        bench.brand,
                        Attribution.PLAYER,
                        null,
                        null,
                        state,
                        FakeShop.AT,
                        List.of(new OrderLine(TEE, 1, price, List.of())),
                        price,
                        "mina@example.com",
                        Map.of(),
                        new Attribution(
                                Attribution.PLAYER,
                                UUID.randomUUID(),
                                "Host",
                                "TEE",
                                5L,
                                false,
                                campaign,
                                FakeShop.AT,
                                "hold/1"),
                        "pi_1",
                        null));
        tell(id);
        return id;
    }

    private void tell(UUID order) {
        bench.outbox.append(
                bench.brand, Outbox.ORDERS, order.toString(), "OrderCaptured", Map.of("orderId", order.toString()));
    }

    private ConversionLog.Entry becomes(RoutesModule module, UUID order, State state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(module.conversionLog().list(bench.brand, state, 10))
                        .extracting(ConversionLog.Entry::orderId)
                        .contains(order));
        return module.conversionLog().list(bench.brand, state, 10).stream()
                .filter(entry -> entry.orderId().equals(order))
                .findFirst()
                .orElseThrow();
    }
}
