package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands.Errand;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.WebhookLog.State;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ErrandsTest {
    private final RoutesBench bench = new RoutesBench();
    private final FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_WEBHOOK);
    private final FakeShop seller =
            bench.shop("seller", Capability.ORDER_WEBHOOK, Capability.FULFILMENT, Capability.ORDER_REFUND);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void parcelOfTheBackend_isToldToTheShopThatSoldTheOrder_once_thoughItsAnswerWasLost() {
        seller.shipFaults.add(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        RoutesModule module = bench.start();
        OrderView order = bench.books.sold(bench.brand, bench.id(seller), "7");
        for (String delivery : new String[] {"d1", "d2", "d3"}) {
            bench.deliver(module, backend, delivery, "shipped B-" + order.id() + " f1 JD1");
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(module.errands().ofOrder(order.id()))
                        .singleElement()
                        .satisfies(errand -> {
                            assertThat(errand.state()).isEqualTo(ChannelErrands.State.DONE);
                            assertThat(errand.externalId()).isEqualTo("package-of-7");
                        }));
        UUID shipment = bench.parcels.of(order.id()).getFirst().id();
        assertThat(seller.shipped).containsOnlyKeys("7/" + shipment);
        assertThat(seller.shipped.get("7/" + shipment).tracking()).isEqualTo("JD1");
        assertThat(seller.shipsAsked).hasValue(2);

        UUID echo = bench.deliver(module, seller, "d4", "shipped 7 package-of-7 JD1")
                .id();
        await().untilAsserted(
                        () -> assertThat(bench.entry(module, echo).state()).isEqualTo(State.IGNORED));
        assertThat(bench.parcels.of(order.id())).hasSize(1);
    }

    @Test
    void parcelThatTheShopWillNotTake_isShownWithItsReason_andToldWhenItIsTriedAgain() {
        seller.shipFaults.add(new ChannelException(Fault.REJECTED, "on hold"));
        RoutesModule module = bench.start();
        OrderView order = bench.books.sold(bench.brand, bench.id(seller), "7");
        bench.deliver(module, backend, "d1", "shipped B-" + order.id() + " f1 JD1");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(module.errands().refused(bench.brand, 10))
                        .extracting(Errand::error)
                        .containsExactly("REJECTED: on hold"));
        Errand refused = module.errands().refused(bench.brand, 10).getFirst();
        assertThat(module.errands().retry("another brand", Kind.SHIP, refused.connectionId(), refused.key()))
                .isFalse();

        assertThat(module.errands().retry(bench.brand, Kind.SHIP, refused.connectionId(), refused.key()))
                .isTrue();

        await().untilAsserted(() -> assertThat(seller.shipped).hasSize(1));
    }

    @Test
    void whatTheShopShippedItself_isNotToldToItAgain_andAnUnknownOrdersParcelWaits() {
        RoutesModule module = bench.start();
        UUID early = bench.deliver(module, seller, "d1", "shipped 7 f1 JD1").id();
        await().untilAsserted(
                        () -> assertThat(bench.entry(module, early).state()).isEqualTo(State.PARKED));
        OrderView order = bench.books.sold(bench.brand, bench.id(seller), "7");
        bench.deliver(module, seller, "d2", "order 7");

        await().untilAsserted(
                        () -> assertThat(bench.entry(module, early).state()).isEqualTo(State.PROCESSED));
        OrderView other = bench.books.sold(bench.brand, bench.id(seller), "8");
        bench.deliver(module, backend, "d3", "shipped B-" + other.id() + " f2 JD2");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(seller.shipped).hasSize(1));
        assertThat(module.errands().ofOrder(order.id())).isEmpty();
    }

    @Test
    void refundThatWasMadeHere_isNotedAtTheShopOnce_andBookedUnderItsId_thoughTheAnswerWasLost() {
        seller.refundFaults.add(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        RoutesModule module = bench.start();
        OrderView order = bench.books.sold(bench.brand, bench.id(seller), "7");
        bench.books.take(bench.brand, bench.id(seller), seller.order("7"));
        ChannelErrands.Refund refund =
                new ChannelErrands.Refund("r-1", Money.of("10.00", "EUR"), Map.of(new Sku("TEE"), 1), "came broken");

        module.errands().refund(order.id(), refund);
        module.errands().refund(order.id(), refund);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(module.errands().ofOrder(order.id()))
                        .singleElement()
                        .satisfies(errand -> assertThat(errand.externalId()).isEqualTo("refund-of-7")));
        assertThat(seller.refunded).containsOnlyKeys("r-1");
        assertThat(seller.refunded.get("r-1").restocked())
                .singleElement()
                .satisfies(line -> assertThat(line.quantity()).isEqualTo(1));
        assertThat(bench.books.effects(bench.id(seller))).containsExactly("order 7", "refund 7");
    }

    @Test
    void refundThatCannotBe_isRefusedToWhoeverAsks() {
        RoutesModule module = bench.start();
        OrderView order = bench.books.sold(bench.brand, bench.id(seller), "7");
        OrderView other = bench.books.sold(bench.brand, bench.id(backend), "8");
        Money all = Money.of("10.00", "EUR");

        assertThatThrownBy(() -> module.errands()
                        .refund(other.id(), new ChannelErrands.Refund("r-1", all, Map.of(), "came broken")))
                .hasMessage("backend does not offer ORDER_REFUND");
        assertThatThrownBy(() -> module.errands()
                        .refund(
                                order.id(),
                                new ChannelErrands.Refund("r-1", Money.of("10.01", "EUR"), Map.of(), "came broken")))
                .hasMessageStartingWith("amount: 10.01 EUR (expected: ");
        assertThatThrownBy(() -> module.errands()
                        .refund(
                                order.id(),
                                new ChannelErrands.Refund("r-1", all, Map.of(new Sku("TEE"), 2), "came broken")))
                .hasMessage("restocked: 2 of TEE (expected: 1..1)");
        assertThat(module.errands().ofOrder(order.id())).isEmpty();
    }
}
