package dev.weir.magento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.AfterSalePoll;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.Sku;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the shop's people do, in its own pages, with what the hub placed there. */
class MagentoMerchantTest extends MagentoStories {
    @Test
    void orderThatIsNotInvoiced_isCancelled_andOursThatStandsIsNotTold() {
        Instant start = clock().instant();
        String id = push("weir-1", 2);
        push("weir-2", 1);
        pass(Duration.ofSeconds(3));

        bench.platform().callOff(id);

        assertThat(changed(start)).singleElement().satisfies(order -> {
            assertThat(order.externalId()).isEqualTo(id);
            assertThat(order.state()).isEqualTo(Order.State.CANCELLED);
            assertThat(order.evidence()).containsEntry(Order.HANDED_OVER, Order.MARKED);
        });
    }

    @Test
    void orderThatIsInvoiced_isCalledOffByAMemoOfEverything_butNotOnceItHasLeft() {
        Instant start = clock().instant();
        String stays = push("weir-1", 2);
        invoice(stays);
        bench.platform().callOff(stays);
        String left = push("weir-2", 1);
        bench.platform().ship(left);
        bench.platform().callOff(left);

        assertThat(changed(start)).extracting(Order::externalId).containsExactly(stays);
        assertThat(changed(start)).extracting(Order::state).containsExactly(Order.State.CANCELLED);
        assertThat(read(start))
                .filteredOn(ChannelEvent.RefundStated.class::isInstance)
                .hasSize(2);
    }

    @Test
    void memoOfTheShopsPeople_isARefund_andOneOfOursIsNot() {
        Instant start = clock().instant();
        String theirs = bench.platform().buy(TEE, 2).orderId();
        bench.platform().callOff(theirs);
        String ours = bench.platform().buy(TEE, 1).orderId();
        channelUnderTest()
                .orderRefund(bench.connection())
                .refund(new OrderRefund.Request("r-1", ours, List.of(), Money.of("5.00", "EUR"), "late"));

        assertThat(read(start)).singleElement().isInstanceOfSatisfying(ChannelEvent.RefundStated.class, event -> {
            assertThat(event.refund().orderExternalId()).isEqualTo(theirs);
            assertThat(event.refund().amount()).isEqualTo(Money.of("39.80", "EUR"));
            assertThat(event.refund().restocked()).isEmpty();
        });
    }

    @Test
    void parcels_areReadOnce_howeverTheShopsListsMisbehave() {
        flip("comments-unlisted");
        flip("repeat-last-page");
        Instant start = clock().instant();
        String ours = push("weir-1", 1);
        channelUnderTest()
                .fulfilment(bench.connection())
                .ship(ours, new Shipment("s-1", start, List.of(), "DHL", "00340", null));
        String theirs = push("weir-2", 3);
        bench.platform().ship(theirs);

        assertThat(read(start)).singleElement().isInstanceOfSatisfying(ChannelEvent.ShipmentStated.class, event -> {
            assertThat(event.orderExternalId()).isEqualTo(theirs);
            assertThat(event.shipment().carrier()).isEqualTo("DHL");
            assertThat(event.shipment().tracking()).isEqualTo("00340-" + theirs);
            assertThat(event.shipment().at()).isEqualTo(start);
            assertThat(event.shipment().lines()).containsExactly(line(event));
        });
        mend("repeat-last-page");
        flip("null-items");
        assertThat(read(start.plusSeconds(5))).isEmpty();
    }

    @Test
    void manyParcels_areReadPageByPage_andTheNextReadingBeginsNow() {
        Instant start = clock().instant();
        bench.platform().seed(List.of(ChannelBench.product("MANY", "Many", 100, 500)));
        for (int at = 0; at < 230; at++) {
            String id = bench.platform().buy(new Sku("MANY"), 1).orderId();
            bench.platform().ship(id);
        }
        pass(Duration.ofMinutes(1));
        List<ChannelEvent> events = new ArrayList<>();

        Instant next = poll().readSince(start, events::add);

        assertThat(events).hasSize(230).doesNotHaveDuplicates();
        assertThat(next).isEqualTo(clock().instant());
    }

    private static OrderLine line(ChannelEvent.ShipmentStated event) {
        return new OrderLine(
                TEE, 3, TEE_PRICE, event.shipment().lines().getFirst().externalIds());
    }

    private void invoice(String id) {
        channelUnderTest()
                .orderRefund(bench.connection())
                .refund(new OrderRefund.Request("first-" + id, id, List.of(), Money.of("0.01", "EUR"), "test"));
    }

    private List<Order> changed(Instant since) {
        return channelUnderTest().orderPoll(bench.connection()).changedSince(since);
    }

    private List<ChannelEvent> read(Instant since) {
        List<ChannelEvent> events = new ArrayList<>();
        poll().readSince(since, events::add);
        return events;
    }

    private AfterSalePoll poll() {
        return channelUnderTest().afterSalePoll(bench.connection());
    }
}
