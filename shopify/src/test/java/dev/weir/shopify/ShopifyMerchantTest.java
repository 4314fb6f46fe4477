package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxDelivery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What the merchant does, in the shop's own pages, with what the hub pushed there. */
class ShopifyMerchantTest extends ShopifyStories {
    @Test
    void orderThatIsCalledOff_isPushedAndPolled_asOurs() throws Exception {
        BlockingQueue<SandboxDelivery> pushed = subscribed();
        Instant before = clock.instant().minusSeconds(2);
        String id = push("weir-1");
        bench.platform().buy(MUG, 1);
        pushed.clear();

        bench.platform().callOff(id);

        for (int topic = 0; topic < 2; topic++) {
            assertThat(read(pushed.take())).satisfies(order -> isOurs(order, id));
        }
        assertThat(poll(before))
                .hasSize(2)
                .anySatisfy(order -> isOurs(order, id))
                .anySatisfy(order -> assertThat(order.evidence()).doesNotContainKey(Order.HANDED_OVER));
        assertThatThrownBy(() -> bench.platform().callOff(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWeCalledOffOurselves_comesBackAsTheSame_forTheBookToKnow() throws Exception {
        BlockingQueue<SandboxDelivery> pushed = subscribed();
        String id = push("weir-1");
        pushed.clear();

        bench.channel().orderCancel(bench.connection()).cancel("k", id, "called off at tiktok-shop");

        assertThat(read(pushed.take())).satisfies(order -> isOurs(order, id));
    }

    @Test
    void pollOfManyOrders_isTheOldestHundredOfBothKinds() {
        Instant before = clock.instant().minusSeconds(2);
        bench.platform().seed(List.of(ChannelBench.product("MANY", "Many", 100, 500)));
        String first = push("weir-1");
        bench.platform().callOff(first);
        clock.forward(Duration.ofSeconds(2));
        for (int second = 0; second < 2; second++) {
            for (int at = 0; at < 50; at++) {
                bench.platform().buy(new Sku("MANY"), 1);
            }
            clock.forward(Duration.ofSeconds(2));
        }
        String last = push("weir-2");
        bench.platform().callOff(last);

        List<Order> page = poll(before);

        assertThat(page)
                .hasSize(100)
                .extracting(Order::externalId)
                .contains(first)
                .doesNotContain(last);
        assertThat(page.getFirst().externalId()).isEqualTo(first);
        assertThat(poll(page.getLast().updatedAt()))
                .extracting(Order::externalId)
                .contains(last);
    }

    @Test
    void orderThatLostALine_saysWhatIsGone_whenItIsReadAgain() {
        String id = push("weir-1");
        bench.channel()
                .orderRefund(bench.connection())
                .refund(new OrderRefund.Request("r-1", id, List.of(tee(1)), Money.of("19.90", "EUR"), "late"));

        Order read = bench.channel().orderWebhook(bench.connection()).fetch(id);

        assertThat(read.state()).isEqualTo(Order.State.PAID);
        assertThat(read.evidence())
                .containsEntry(Order.HANDED_OVER, "weir-1")
                .containsEntry(Order.CALLED_OFF_PART, "no longer in the order: 1 x " + TEE);
    }

    private static void isOurs(Order order, String id) {
        assertThat(order.externalId()).isEqualTo(id);
        assertThat(order.state()).isEqualTo(Order.State.CANCELLED);
        assertThat(order.evidence()).containsEntry(Order.HANDED_OVER, "weir-1");
    }

    private List<Order> poll(Instant since) {
        return bench.channel().orderPoll(bench.connection()).changedSince(since);
    }

    private Order read(SandboxDelivery delivery) {
        List<ChannelEvent> events =
                bench.channel().orderWebhook(bench.connection()).read(bench.arrive(delivery));
        return ((ChannelEvent.OrderStated) events.getFirst()).order();
    }

    private String push(String key) {
        OrderPush.Line line = new OrderPush.Line(tee(2), listing(TEE));
        return bench.channel()
                .orderPush(bench.connection())
                .push(new OrderPush.Request(
                        key, List.of(line), Money.of("39.80", "EUR"), "ada@example.com", Map.of(), Map.of(), "pi_1"));
    }

    private BlockingQueue<SandboxDelivery> subscribed() {
        BlockingQueue<SandboxDelivery> pushed = new LinkedBlockingQueue<>();
        bench.platform().pushTo(pushed::add);
        bench.channel()
                .webhookSubscriptions(bench.connection())
                .heal(URI.create("https://hub.example.com/webhooks/shopify/1"));
        return pushed;
    }
}
