package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.routes.WebhookLog.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookIntakeTest {
    private RoutesBench bench;
    private FakeShop shop;

    @BeforeEach
    void open() {
        bench = new RoutesBench();
        shop = bench.shop("shop", Capability.ORDER_WEBHOOK, Capability.STOCK_WRITE);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void sameDelivery_tenTimes_hasOneEffect() {
        RoutesModule module = bench.start();
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            ids.add(bench.deliver(module, shop, "d1", "order 7").id());
        }
        assertThat(ids).hasSize(1);
        becomes(module, ids.iterator().next(), State.PROCESSED);
        bench.deliver(module, shop, "d2", "order 7");
        await().untilAsserted(() -> assertThat(module.webhookLog()
                        .list(bench.brand, State.PROCESSED, null, 10)
                        .items())
                .hasSize(2));
        assertThat(bench.books.effects(bench.id(shop))).containsExactly("order 7");
    }

    @Test
    void refundBeforeItsOrder_isParkedThenDrained() {
        RoutesModule module = bench.start();
        UUID refund = bench.deliver(module, shop, "d1", "refund 7").id();
        becomes(module, refund, State.PARKED);
        assertThat(bench.entry(module, refund).reason()).contains("order 7 is not known yet");
        bench.deliver(module, shop, "d2", "order 7");
        becomes(module, refund, State.PROCESSED);
        assertThat(bench.books.effects(bench.id(shop))).containsExactly("order 7", "refund 7");
    }

    @Test
    void rolledBackEffect_leavesTheRowReceivedAndIsTriedAgain() {
        bench.books.failingTakes.set(1);
        RoutesModule module = bench.start();
        UUID id = bench.deliver(module, shop, "d1", "order 9").id();
        becomes(module, id, State.PROCESSED);
        assertThat(bench.entry(module, id).attempts()).isEqualTo(1);
        assertThat(bench.books.effects(bench.id(shop))).containsExactly("order 9");
    }

    @Test
    void bodyThatCannotBeRead_isDeadWithItsReason_andReplayed() {
        RoutesModule module = bench.start();
        UUID id = bench.deliver(module, shop, "d1", "nonsense").id();
        becomes(module, id, State.DEAD);
        assertThat(bench.entry(module, id).reason()).contains("REJECTED").contains("nonsense");
        assertThat(bench.entry(module, id).nextTryAt()).isNull();
        assertThat(module.webhookLog().replay(id)).isTrue();
        await().untilAsserted(() -> {
            assertThat(bench.entry(module, id).state()).isEqualTo(State.DEAD);
            assertThat(bench.entry(module, id).attempts()).isEqualTo(1);
        });
        assertThat(module.webhookLog().replay(UUID.randomUUID())).isFalse();
    }

    @Test
    void deliveries_areFoundByReasonTopicIdAndBody_withinABrand() {
        RoutesModule module = bench.start();
        UUID order = bench.deliver(module, shop, "first-1", "order 70").id();
        UUID nonsense = bench.deliver(module, shop, "second-2", "nonsense").id();
        becomes(module, order, State.PROCESSED);
        becomes(module, nonsense, State.DEAD);

        assertThat(found(module, null, "order 70")).containsExactly(order);
        assertThat(found(module, null, "rejected")).containsExactly(nonsense);
        assertThat(found(module, State.PROCESSED, "rejected")).isEmpty();
        assertThat(found(module, null, "FIRST-1")).containsExactly(order);
        assertThat(found(module, null, "%")).isEmpty();
        assertThat(module.webhookLog()
                        .list("another", null, "order 70", null, 10)
                        .items())
                .isEmpty();
        WebhookLog.Page first = module.webhookLog().list(bench.brand, null, "s", null, 1);
        assertThat(first.items()).hasSize(1);
        assertThat(module.webhookLog()
                        .list(bench.brand, null, "s", first.next(), 1)
                        .items())
                .extracting(WebhookLog.Entry::id)
                .containsExactly(order);
        assertThatThrownBy(() -> module.webhookLog().list(bench.brand, null, "x".repeat(101), null, 10))
                .hasMessageContaining("text: 101 characters (expected: 1..100)");
    }

    private List<UUID> found(RoutesModule module, @Nullable State state, String text) {
        return module.webhookLog().list(bench.brand, state, text, null, 10).items().stream()
                .map(WebhookLog.Entry::id)
                .toList();
    }

    @Test
    void touchedOrder_isReadFromThePlatform() {
        shop.orders.put("5", shop.order("5"));
        RoutesModule module = bench.start();
        becomes(module, bench.deliver(module, shop, "d1", "touched 5").id(), State.PROCESSED);
        becomes(module, bench.deliver(module, shop, "d2", "touched 6").id(), State.PARKED);
        assertThat(bench.books.effects(bench.id(shop))).containsExactly("order 5");
    }

    @Test
    void echoOfOurOwnWrite_isIgnored_andAnotherLevelIsDrift() {
        bench.list(shop, TEE);
        RoutesModule module = bench.start();
        bench.shelves.tell(bench.brand, TEE, 8, 1);
        await().untilAsserted(() -> assertThat(shop.levels).containsEntry(TEE, 8));
        UUID echo = bench.deliver(module, shop, "d1", "stock ref-TEE 8").id();
        becomes(module, echo, State.IGNORED);
        assertThat(bench.entry(module, echo).reason()).isEqualTo("echo of our own write");
        UUID drift = bench.deliver(module, shop, "d2", "stock ref-TEE 3").id();
        becomes(module, drift, State.PROCESSED);
        assertThat(bench.entry(module, drift).reason()).contains("drift").contains("3");
    }

    @Test
    void payments_goToCheckouts() {
        RoutesModule module = bench.start();
        UUID id = module.inbox()
                .store(
                        Inbox.STRIPE,
                        bench.brand,
                        Inbox.STRIPE_CHANNEL,
                        bench.raw("evt 1"),
                        RoutesBench.verdict("e1", "evt 1"))
                .id();
        becomes(module, id, State.PROCESSED);
        assertThat(bench.checkouts.taken).containsExactly("stripe evt 1");
    }

    private void becomes(RoutesModule module, UUID id, State state) {
        await().untilAsserted(() -> assertThat(bench.entry(module, id).state()).isEqualTo(state));
    }
}
