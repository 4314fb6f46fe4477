package dev.weir.magento.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalledOffTest {
    @Test
    void rowsThatWereCancelledOfAnOrderThatStands_areToldInWords() {
        ObjectNode order = order("complete", 1, 1);

        Order marked = CalledOff.marked(stated(), order);

        assertThat(CalledOff.tells(order)).isTrue();
        assertThat(marked.state()).isEqualTo(Order.State.PAID);
        assertThat(marked.evidence())
                .containsEntry(Order.CALLED_OFF_PART, "cancelled: 1 x TEE")
                .containsEntry(Order.HANDED_OVER, Order.MARKED);
    }

    @Test
    void orderThatStands_tellsNothing() {
        assertThat(CalledOff.tells(order("processing", 0, 2))).isFalse();
        assertThat(CalledOff.tells(order("new", 0, 0))).isFalse();
    }

    @Test
    void orderThatWasClosedAfterItsGoodsLeft_wasGivenBack_notCalledOff() {
        assertThat(CalledOff.tells(order("closed", 0, 2))).isFalse();
        assertThat(CalledOff.tells(order("closed", 0, 0))).isTrue();
        assertThat(CalledOff.marked(stated(), order("closed", 0, 0)).state()).isEqualTo(Order.State.CANCELLED);
    }

    private static ObjectNode order(String state, int cancelled, int shipped) {
        ObjectNode order = MagentoClient.object().put("entity_id", 1).put("state", state);
        order.putArray("items")
                .addObject()
                .put("item_id", 1)
                .put("sku", "TEE")
                .put("qty_ordered", 2)
                .put("qty_canceled", cancelled)
                .put("qty_shipped", shipped);
        return order;
    }

    private static Order stated() {
        Money price = Money.of("10.00", "EUR");
        Instant at = Instant.parse("2026-11-24T12:00:00Z");
        OrderLine line = new OrderLine(new Sku("TEE"), 2, price, List.of());
        return new Order("magento", "1", Order.State.PAID, at, at, List.of(line), price.times(2), null, Map.of());
    }
}
