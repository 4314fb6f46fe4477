package dev.weir.magento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.Shipment;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an order goes through after the sale: credit memos and shipments, each once, and what they do to the stock. */
class MagentoAfterSaleTest extends MagentoStories {
    @Test
    void refund_ofOurOrder_invoicesItFirst_andGivesUnshippedUnitsBack() {
        String id = push("weir-1", 3);
        assertThat(bench.platform().stock()).containsEntry(TEE, 7);

        refunds().refund(refund("r-1", id, "19.90", tees(1)));

        assertThat(bench.platform().stock()).containsEntry(TEE, 8);
        assertThat(bench.platform().orders().getFirst()).contains("\"total_refunded\":19.90", "\"qty_invoiced\":3");
    }

    @Test
    void refund_ofMoneyAlone_leavesTheUnitsAsTheyAre() {
        String id = bench.platform().buy(TEE, 3).orderId();

        refunds().refund(refund("r-1", id, "5.00"));

        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
        assertThat(bench.platform().orders().getFirst()).contains("\"total_refunded\":5.00", "\"qty_refunded\":0");
    }

    @Test
    void refund_ofEverythingWithoutUnits_closesTheOrder() {
        Instant start = clock().instant();
        String id = bench.platform().buy(TEE, 2).orderId();
        bench.platform().ship(id);

        refunds().refund(refund("r-1", id, "39.80"));

        assertThat(bench.platform().orders().getFirst()).contains("\"state\":\"closed\"");
        assertThat(bench.platform().stock()).containsEntry(TEE, 8);
        Order seen = channelUnderTest()
                .orderPoll(bench.connection())
                .changedSince(start)
                .getFirst();
        assertThat(seen.evidence()).containsEntry("refunded", "39.80").containsEntry("shipped", "all");
        assertThat(seen.state()).isEqualTo(Order.State.PAID);
    }

    @Test
    void refund_ofLessThanTheUnitsCost_isThatAmount() {
        String id = bench.platform().buy(TEE, 2).orderId();
        bench.platform().ship(id);

        refunds().refund(refund("r-1", id, "15.00", tees(1)));

        assertThat(bench.platform().orders().getFirst()).contains("\"total_refunded\":15.00");
        assertThat(bench.platform().stock()).containsEntry(TEE, 9);
    }

    @Test
    void refund_whoseAnswerIsLost_isOneCreditMemo_thoughListsLeaveCommentsOut() {
        flip("comments-unlisted");
        String id = bench.platform().buy(TEE, 2).orderId();
        OrderRefund.Request request = refund("r-1", id, "19.90", tees(1));
        bench.server().loseAnswer(Pattern.compile("/order/\\d+/refund"));

        assertFault(Fault.OUTCOME_UNKNOWN, () -> refunds().refund(request));
        String memo = refunds().refund(request);

        assertThat(refunds().refund(request)).isEqualTo(memo);
        assertThat(bench.platform().orders().getFirst()).contains("\"total_refunded\":19.90");
        assertThat(bench.platform().stock()).containsEntry(TEE, 9);
    }

    @Test
    void refund_thatCannotBe_isRejectedWithItsReason() {
        String id = bench.platform().buy(TEE, 1).orderId();

        assertFault(Fault.REJECTED, () -> refunds().refund(refund("r-1", id, "19.90", tees(2))));
        assertFault(Fault.REJECTED, () -> refunds().refund(refund("r-2", id, "99.00")));
        assertFault(
                Fault.REJECTED,
                () -> refunds().refund(new OrderRefund.Request("r-3", id, List.of(), Money.of("1.00", "USD"), "late")));
        assertThat(bench.platform().orders().getFirst()).contains("\"total_refunded\":0");
    }

    @Test
    void shipment_takesFromItsSource_andKeepsWhatIsSalable() {
        String id = push("weir-1", 3);

        String shipment = ships().ship(id, shipment("s-1", tees(3)));

        assertThat(shipment).isNotBlank();
        assertThat(bench.platform().stock()).containsEntry(TEE, 7);
        assertThat(bench.platform().orders().getFirst()).contains("\"qty_shipped\":3", "\"state\":\"processing\"");
    }

    @Test
    void shipment_ofASourceThatLacksTheUnits_isRejected_andNothingHasLeft() {
        String id = push("weir-1", 3);
        Connection second = with("sourceCode", "second");

        assertFault(Fault.REJECTED, () -> channelUnderTest().fulfilment(second).ship(id, shipment("s-1", tees(3))));
        assertThat(bench.platform().orders().getFirst()).contains("\"qty_shipped\":0");
    }

    @Test
    void shipment_whoseAnswerIsLost_isOneShipment() {
        flip("comments-unlisted");
        String id = push("weir-1", 2);
        Shipment part = shipment("s-1", tees(1));
        bench.server().loseAnswer(Pattern.compile("/order/\\d+/ship"));

        assertFault(Fault.OUTCOME_UNKNOWN, () -> ships().ship(id, part));
        String first = ships().ship(id, part);

        assertThat(ships().ship(id, part)).isEqualTo(first);
        assertThat(bench.platform().orders().getFirst()).contains("\"qty_shipped\":1");
    }

    @Test
    void shipment_ofACancelledOrder_isRejected() {
        String id = push("weir-1", 1);
        channelUnderTest().orderCancel(bench.connection()).cancel("k", id, "sold out");

        assertFault(Fault.REJECTED, () -> ships().ship(id, shipment("s-1")));
    }

    @Test
    void shipment_thatBrokeAfterItWasNoted_isFoundAgain() {
        String id = push("weir-1", 1);
        flip("next-write-breaks");

        assertFault(Fault.OUTCOME_UNKNOWN, () -> ships().ship(id, shipment("s-1")));
        ships().ship(id, shipment("s-1"));

        assertThat(bench.platform().orders().getFirst()).contains("\"qty_shipped\":1");
    }

    @Test
    void refund_ofAnUnpaidOrderOfAShopper_saysToCancelIt() {
        Connection stranger = with();
        String id = channelUnderTest().orderPush(stranger).push(order("weir-1", TEE, 1));

        assertThatThrownBy(() -> refunds().refund(refund("r-1", id, "19.90", tees(1))))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("not invoiced");
    }

    private OrderRefund refunds() {
        return channelUnderTest().orderRefund(bench.connection());
    }

    private Fulfilment ships() {
        return channelUnderTest().fulfilment(bench.connection());
    }

    private static OrderRefund.Request refund(String key, String order, String amount, OrderLine... lines) {
        return new OrderRefund.Request(key, order, List.of(lines), Money.of(amount, "EUR"), "late");
    }

    private Shipment shipment(String id, OrderLine... lines) {
        return new Shipment(
                id, clock().instant(), List.of(lines), "DHL", "00340", URI.create("https://track.example/00340"));
    }
}
