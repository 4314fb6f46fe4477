package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderRefund;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How is a refund noted at the shop? As an offline credit memo, which moves no money: the rows whose units come back, and an adjustment
 * that makes its total the amount. An order of ours that was not invoiced yet is invoiced first, because its buyer has paid here.
 */
public final class MagentoRefunds implements OrderRefund {
    private final MagentoClient client;

    /** The refunds of one shop. */
    public MagentoRefunds(MagentoClient client) {
        this.client = client;
    }

    @Override
    public String refund(Request request) {
        Noted noted = Noted.creditMemos(client);
        String mark = noted.mark(request.key());
        return client.memory().alone(() -> {
            String path = Search.encode(request.orderExternalId());
            JsonNode order = client.get("order", "/orders/" + path);
            String earlier = noted.find(order.path("entity_id").asText(), mark);
            if (earlier != null) {
                return earlier;
            }
            check(order, request);
            ObjectNode body = body(order, request, mark);
            invoice(order, path);
            return client.once("orderRefund", "/order/" + path + "/refund", body)
                    .asText();
        });
    }

    /** A memo's adjustments are in the base currency, so an order in two currencies is left to the shop's people. */
    private static void check(JsonNode order, Request request) {
        String currency = order.path("order_currency_code").asText();
        String base = order.path("base_currency_code").asText(currency);
        String asked = request.amount().currency().getCurrencyCode();
        if (!asked.equals(currency) || !base.equals(currency)) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "amount: in " + asked + " (expected: " + currency
                            + ", and an order whose base currency is that; it is " + base + ")");
        }
    }

    private void invoice(JsonNode order, String path) {
        boolean invoiced = new OrderRows(order)
                .rows().stream()
                        .allMatch(row -> OrderRows.left(row, "qty_invoiced", "qty_canceled")
                                        .signum()
                                <= 0);
        if (invoiced) {
            return;
        }
        if (!Marker.isOurs(client.connection(), order)) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "order: " + order.path("entity_id").asText()
                            + " is not invoiced (expected: invoiced; else cancel it)");
        }
        client.once(
                "orderInvoice",
                "/order/" + path + "/invoice",
                MagentoClient.object().put("capture", true).put("notify", false));
    }

    private static ObjectNode body(JsonNode order, Request request, String mark) {
        OrderRows rows = new OrderRows(order);
        Map<JsonNode, BigDecimal> back = rows.of(request.restocked(), row -> OrderRows.left(row, "qty_refunded"));
        Map<JsonNode, BigDecimal> listed = new LinkedHashMap<>(back);
        boolean whole = back.isEmpty() && request.amount().decimal().compareTo(left(order)) >= 0;
        for (JsonNode row : rows.rows()) {
            BigDecimal rest = whole ? OrderRows.left(row, "qty_refunded", "qty_canceled") : BigDecimal.ZERO;
            listed.putIfAbsent(row, rest);
        }
        ObjectNode body = MagentoClient.object().put("notify", false).put("appendComment", true);
        body.set("items", OrderRows.items(listed));
        body.putObject("comment").put("comment", mark + " " + request.reason()).put("is_visible_on_front", 0);
        BigDecimal adjustment = request.amount()
                .decimal()
                .subtract(worth(listed, request.amount().currency()));
        ObjectNode arguments = body.putObject("arguments")
                .put("shipping_amount", BigDecimal.ZERO)
                .put("adjustment_positive", adjustment.max(BigDecimal.ZERO))
                .put("adjustment_negative", adjustment.negate().max(BigDecimal.ZERO));
        ArrayNode returned = arguments.putObject("extension_attributes").putArray("return_to_stock_items");
        back.keySet().forEach(row -> returned.add(row.path("item_id").asLong()));
        return body;
    }

    private static BigDecimal left(JsonNode order) {
        return OrderRows.number(order, "grand_total").subtract(OrderRows.number(order, "total_refunded"));
    }

    /** What the shop would give back for the rows by itself: with tax, less discount. */
    private static BigDecimal worth(Map<JsonNode, BigDecimal> rows, Currency currency) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<JsonNode, BigDecimal> entry : rows.entrySet()) {
            JsonNode row = entry.getKey();
            BigDecimal paid = OrderRows.number(row, "row_total")
                    .add(OrderRows.number(row, "tax_amount"))
                    .subtract(OrderRows.number(row, "discount_amount"));
            sum = sum.add(paid.multiply(entry.getValue())
                    .divide(OrderRows.number(row, "qty_ordered"), 4, RoundingMode.HALF_UP));
        }
        return sum.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }
}
