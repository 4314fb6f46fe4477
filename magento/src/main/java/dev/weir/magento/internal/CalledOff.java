package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What of an order that the hub placed did the shop's people call off? One that is not invoiced can be cancelled; of one that is, a credit
 * memo gives everything back before anything left, which closes it. What is closed after goods have left was given back, not called off.
 */
final class CalledOff {
    private static final Set<String> OVER = Set.of("canceled", "closed");

    private CalledOff() {}

    /** Whether anything of {@code order} was. */
    static boolean tells(JsonNode order) {
        return isWhole(order) || !part(order).isEmpty();
    }

    /** {@code stated}, which {@code order} was read as, with our mark and what was called off. */
    static Order marked(Order stated, JsonNode order) {
        Order marked = stated.with(Order.HANDED_OVER, Order.MARKED);
        return isWhole(order)
                ? marked.moved(Order.State.CANCELLED)
                : marked.with(Order.CALLED_OFF_PART, "cancelled: " + part(order));
    }

    private static boolean isWhole(JsonNode order) {
        return OVER.contains(order.path("state").asText())
                && new OrderRows(order)
                        .rows().stream()
                                .noneMatch(row ->
                                        OrderRows.number(row, "qty_shipped").signum() > 0);
    }

    private static String part(JsonNode order) {
        List<String> parts = new ArrayList<>();
        for (JsonNode row : new OrderRows(order).rows()) {
            BigDecimal units = OrderRows.number(row, "qty_canceled");
            if (units.signum() > 0) {
                parts.add(units.stripTrailingZeros().toPlainString() + " x "
                        + row.path("sku").asText());
            }
        }
        return String.join(", ", parts);
    }
}
