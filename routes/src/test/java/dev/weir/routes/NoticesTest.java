package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.orders.Buyers.Whom;
import dev.weir.routes.PrivacyRequests.Kind;
import dev.weir.routes.PrivacyRequests.Request;
import dev.weir.routes.WebhookLog.State;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private final RoutesBench bench = new RoutesBench();
    private final FakeShop shop = bench.shop("shop", Capability.ORDER_WEBHOOK);

    @AfterEach
    void close() {
        bench.close();
    }

    private UUID handled(RoutesModule module, String delivery, String body) {
        UUID id = bench.deliver(module, shop, delivery, body).id();
        await().untilAsserted(() -> assertThat(bench.entry(module, id).state()).isEqualTo(State.PROCESSED));
        return id;
    }

    private String body(RoutesModule module, UUID delivery) {
        return module.webhookLog().find(delivery).orElseThrow().body();
    }

    @Test
    void grantThatEnds_isToldWithItsReason() {
        RoutesModule module = bench.start();

        handled(module, "d1", "uninstalled");

        assertThat(bench.lapsing).containsExactly(bench.id(shop) + " " + FakeShop.AT + " the app was uninstalled");
    }

    @Test
    void buyerWhoAsksToBeErased_isErasedFromOrdersCheckoutsAndDeliveries_andAnsweredOnce() {
        RoutesModule module = bench.start();
        UUID order = handled(module, "d1", "order 7");
        UUID other = handled(module, "d2", "order 8");

        UUID asked = handled(module, "d3", "redact ana@example.com 7");

        await().untilAsserted(() -> assertThat(module.privacyRequests().list(bench.brand, false, 10))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.kind()).isEqualTo(Kind.ERASE);
                    assertThat(request.orders()).isEqualTo(1);
                    assertThat(request.deliveries()).isEqualTo(2);
                    assertThat(request.email()).isNull();
                    assertThat(request.answeredBy()).isEqualTo("hub");
                    assertThat(request.dueAt()).isEqualTo(request.askedAt().plus(PrivacyRequests.WITHIN));
                }));
        assertThat(bench.buyers.erased).containsExactly(Whom.buyer(bench.id(shop), "ana@example.com", List.of("7")));
        assertThat(bench.checkouts.forgotten).containsExactly(FakeBuyers.ORDER);
        assertThat(body(module, order)).isEmpty();
        assertThat(body(module, asked)).isEmpty();
        assertThat(body(module, other)).isEqualTo("order 8");
        assertThat(bench.entry(module, order).reason()).contains("order 7");
        assertThat(module.webhookLog().replay(order)).isFalse();
        bench.deliver(module, shop, "d3", "redact ana@example.com 7");
        assertThat(module.privacyRequests().list(bench.brand, true, 10)).isEmpty();
    }

    @Test
    void deliveryThatStillIsToBeHandled_keepsTheRequestOpen_andSaysSo() {
        RoutesModule module = bench.start();
        UUID parked = bench.deliver(module, shop, "d1", "refund 7").id();
        await().untilAsserted(
                        () -> assertThat(bench.entry(module, parked).state()).isEqualTo(State.PARKED));

        handled(module, "d2", "redact ana@example.com 7");

        await().untilAsserted(() -> assertThat(module.privacyRequests().list(bench.brand, true, 10))
                .singleElement()
                .satisfies(request -> assertThat(request.waits()).contains("1 deliveries")));
        assertThat(body(module, parked)).isEqualTo("refund 7");
        handled(module, "d3", "order 7");
        await().untilAsserted(
                        () -> assertThat(bench.entry(module, parked).state()).isEqualTo(State.PROCESSED));
        bench.jdbc.sql("update privacy_request set next_try_at = now()").update();

        await().untilAsserted(() -> assertThat(module.privacyRequests().list(bench.brand, false, 10))
                .hasSize(1));
        assertThat(body(module, parked)).isEmpty();
    }

    @Test
    void buyerWhoAsksWhatIsKept_isTheOperatorsToAnswer_once() {
        RoutesModule module = bench.start();
        bench.buyers.kept.add(bench.books.sold(bench.brand, bench.id(shop), "7"));
        handled(module, "d1", "disclose ana@example.com");
        PrivacyRequests requests = module.privacyRequests();
        Request open = requests.list(bench.brand, true, 10).getFirst();
        assertThat(open.email()).isEqualTo("ana@example.com");
        assertThat(requests.data(bench.brand, open.id())).hasSize(1);
        assertThat(requests.data("another brand", open.id())).isEmpty();
        assertThat(requests.answer("another brand", open.id(), "Mallory")).isFalse();

        assertThat(requests.answer(bench.brand, open.id(), "Mina (operator)")).isTrue();

        assertThat(requests.answer(bench.brand, open.id(), "Mina (operator)")).isFalse();
        assertThat(requests.find(bench.brand, open.id()).orElseThrow().answeredBy())
                .isEqualTo("Mina (operator)");
        assertThat(requests.data(bench.brand, open.id())).isEmpty();
        assertThat(bench.buyers.erased).isEmpty();
    }

    @Test
    void shopThatLeft_takesAllItsBuyersAlong_andDeliveriesThatNobodyWillHandle() {
        RoutesModule module = bench.start();
        UUID order = handled(module, "d1", "order 7");
        UUID parked = bench.deliver(module, shop, "d2", "refund 9").id();
        await().untilAsserted(
                        () -> assertThat(bench.entry(module, parked).state()).isEqualTo(State.PARKED));

        handled(module, "d3", "closed");

        await().untilAsserted(() -> assertThat(module.privacyRequests().list(bench.brand, false, 10))
                .hasSize(1));
        assertThat(bench.buyers.erased).containsExactly(Whom.everyone(bench.id(shop)));
        assertThat(body(module, order)).isEmpty();
        assertThat(body(module, parked)).isEmpty();
        assertThat(bench.entry(module, parked).state()).isEqualTo(State.IGNORED);
        assertThat(bench.entry(module, parked).reason()).startsWith("erased before it could be handled");
    }
}
