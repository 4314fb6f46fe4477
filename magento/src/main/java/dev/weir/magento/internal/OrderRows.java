package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderLine;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which rows of a Magento order are meant by lines of ours? Those whose ids the line carries, else those of its SKU; the parent row of
 * a configurable, whose child costs nothing and is not shipped by itself.
 */
final class OrderRows {
    private final JsonNode order;

    OrderRows(JsonNode order) {
        this.order = order;
    }

    /** Rows that goods and money belong to: no children, except those of a bundle. */
    List<JsonNode> rows() {
        Set<String> bundles = new HashSet<>();
        order.path("items").forEach(item -> {
            if (item.path("product_type").asText().equals("bundle")) {
                bundles.add(id(item));
            }
        });
        return order.path("items")
                .valueStream()
                .filter(item -> !bundles.contains(id(item)))
                .filter(item -> item.path("parent_item_id").asLong() == 0
                        || bundles.contains(item.path("parent_item_id").asText()))
                .toList();
    }

    /** How many of each row {@code lines} are, taken from rows that have that many {@code left}; refuses what does not fit. */
    Map<JsonNode, BigDecimal> of(List<OrderLine> lines, Function<JsonNode, BigDecimal> left) {
        Map<JsonNode, BigDecimal> taken = new LinkedHashMap<>();
        for (OrderLine line : lines) {
            BigDecimal wanted = BigDecimal.valueOf(line.quantity());
            for (JsonNode row : rows()) {
                if (matches(row, line)) {
                    BigDecimal room = left.apply(row).subtract(taken.getOrDefault(row, BigDecimal.ZERO));
                    BigDecimal part = wanted.min(room).max(BigDecimal.ZERO);
                    if (part.signum() > 0) {
                        taken.merge(row, part, BigDecimal::add);
                        wanted = wanted.subtract(part);
                    }
                }
            }
            if (wanted.signum() > 0) {
                throw new ChannelException(
                        Fault.REJECTED,
                        "sku: " + line.sku() + " x " + line.quantity() + " (expected: " + wanted.toPlainString()
                                + " fewer, as order " + order.path("entity_id").asText() + " has left)");
            }
        }
        return taken;
    }

    private static boolean matches(JsonNode row, OrderLine line) {
        return line.externalIds().isEmpty()
                ? row.path("sku").asText().equalsIgnoreCase(line.sku().value())
                : line.externalIds().contains(id(row));
    }

    /** Rows and quantities as the shop takes them. */
    static ArrayNode items(Map<JsonNode, BigDecimal> rows) {
        ArrayNode items = MagentoClient.JSON.createArrayNode();
        rows.forEach((row, quantity) -> items.addObject()
                .put("order_item_id", row.path("item_id").asLong())
                .put("qty", quantity));
        return items;
    }

    static BigDecimal number(JsonNode row, String field) {
        return row.path(field).decimalValue();
    }

    /** Ordered, less what {@code gone} counts. */
    static BigDecimal left(JsonNode row, String... gone) {
        BigDecimal left = number(row, "qty_ordered");
        for (String field : gone) {
            left = left.subtract(number(row, field));
        }
        return left;
    }

    private static String id(JsonNode row) {
        return row.path("item_id").asText();
    }
}
