package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.orders.OrderView;
import dev.weir.routes.WebhookLog.State;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderRoutesTest {
    private final RoutesBench bench = new RoutesBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void pushWhoseAnswerIsLost_makesOneOrderAtTheBackend() {
        FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH);
        bench.list(backend, TEE);
        backend.failPush(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        bench.start();
        OrderView order = bench.books.paid(bench.brand, TEE);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bench.books.handedOver).containsEntry(order.id(), "B-" + order.id()));
        assertThat(backend.pushed).containsOnlyKeys(order.id().toString());
        assertThat(backend.pushed.get(order.id().toString()).notes())
                .containsEntry("host", "Host")
                .containsEntry("pin", "TEE")
                .containsEntry("channel", "PLAYER")
                .containsKey("show");
    }

    @Test
    void channelIsAskedToCallOff_untilItIsKnown_andTheCancellationIsBookedOnce() {
        FakeShop shop = bench.shop("shop", Capability.ORDER_CANCEL);
        FakeShop other = bench.shop("other", Capability.STOCK_WRITE);
        shop.cancelFaults.add(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        RoutesModule module = bench.start();
        OrderView order = bench.books.toBeCancelled(bench.brand, bench.id(shop), "7");
        bench.books.askToCancel(order);
        OrderView foreign = bench.books.toBeCancelled(bench.brand, bench.id(other), "8");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bench.books.cancelled).containsExactly(order.id()));
        assertThat(shop.cancelled).containsExactly("7");
        assertThat(shop.cancelKeys).hasSize(2).containsOnly("weir-cancel-" + order.id());
        await().untilAsserted(() -> assertThat(bench.cases.refused)
                .contains(entry("order/" + foreign.id(), "other does not offer ORDER_CANCEL")));
        assertThat(module.orderCancels().refusal(bench.brand, "order/" + order.id()))
                .isEmpty();
        assertThat(module.orderCancels().refusal(bench.brand, "order/" + foreign.id()))
                .contains("other does not offer ORDER_CANCEL");
    }

    @Test
    void orderThatTheChannelWillNotCallOff_goesBackWithItsReason_andStands() {
        FakeShop shop = bench.shop("shop", Capability.ORDER_CANCEL);
        shop.cancelFaults.add(new ChannelException(Fault.TRANSIENT, "down"));
        shop.cancelFaults.add(new ChannelException(Fault.REJECTED, "already shipped"));
        bench.start();
        OrderView order = bench.books.toBeCancelled(bench.brand, bench.id(shop), "7");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(bench.cases.refused).contains(entry("order/" + order.id(), "already shipped")));
        assertThat(bench.books.cancelled).isEmpty();
        assertThat(shop.cancelled).isEmpty();
    }

    @Test
    void ordersOfAShopThatCannotPush_comeInByAsking() {
        FakeShop shop = bench.shop("polled", Capability.ORDER_POLL);
        shop.orders.put("3", shop.order("3", bench.clock.instant()));
        bench.start();
        await().untilAsserted(
                        () -> assertThat(bench.books.effects(bench.id(shop))).containsExactly("order 3"));
    }

    @Test
    void eventThatWasRolledBack_isNeverTold() {
        FakeShop shop = bench.shop("shop", Capability.STOCK_WRITE);
        bench.list(shop, TEE);
        bench.start();
        bench.transaction.executeWithoutResult(status -> {
            bench.shelves.tell(bench.brand, TEE, 1, 1);
            status.setRollbackOnly();
        });
        bench.shelves.tell(bench.brand, TEE, 2, 2);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bench.shown).hasSize(1));
        assertThat(bench.shown.getFirst().available()).isEqualTo(2);
    }

    @Test
    void brokerAway_losesNothing() {
        FakeShop shop = bench.shop("shop", Capability.ORDER_WEBHOOK, Capability.ORDER_PUSH);
        bench.list(shop, TEE);
        RoutesModule module = bench.start();
        RoutesBench.BROKER.stop();
        UUID id;
        OrderView order;
        try {
            id = bench.deliver(module, shop, "d1", "order 1").id();
            order = bench.books.paid(bench.brand, TEE);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(
                            () -> assertThat(bench.entry(module, id).state()).isEqualTo(State.PROCESSED));
        } finally {
            RoutesBench.BROKER.start();
        }
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(bench.books.handedOver).containsEntry(order.id(), "B-" + order.id()));
    }
}
