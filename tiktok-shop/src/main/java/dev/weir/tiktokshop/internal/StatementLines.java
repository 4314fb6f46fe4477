package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.Settlements.Line;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is a statement made of? Of each transaction the amounts that its breakdowns name, where they sum to their group, else
 * the group's own amount: breakdowns also hold sub-totals, and new fields come without notice (July 2026 added some). What is
 * left of a transaction, and of the statement, is a line too.
 */
final class StatementLines {
    private static final List<Group> GROUPS = List.of(
            new Group("revenue_amount", "revenue_breakdown"),
            new Group("shipping_cost_amount", "shipping_cost_breakdown"),
            new Group("fee_tax_amount", "fee_tax_breakdown"));

    /** An amount of a transaction, and the object that says what it is made of. */
    private record Group(String amount, String breakdown) {}

    private final String currency;
    private final List<Line> lines = new ArrayList<>();

    StatementLines(String currency) {
        this.currency = currency;
    }

    void add(JsonNode transaction) {
        String id = transaction.path("id").asText();
        String order = transaction.path("order_id").asText("");
        @Nullable String ofOrder = order.isEmpty() || order.equals("0") ? null : order;
        Money settled = TikTokSettlements.money(transaction.path("settlement_amount"), currency, id);
        int from = lines.size();
        for (Group group : GROUPS) {
            if (transaction.hasNonNull(group.amount())) {
                Money amount = TikTokSettlements.money(transaction.path(group.amount()), currency, id);
                addGroup(ofOrder, group.amount(), amount, transaction.path(group.breakdown()), id);
            }
        }
        put(ofOrder, kind(transaction.path("type").asText("ADJUSTMENT")), settled.minus(sum(from)));
    }

    private void addGroup(@Nullable String order, String group, Money amount, JsonNode breakdown, String id) {
        int from = lines.size();
        leaves(order, breakdown, id);
        if (!sum(from).equals(amount)) {
            lines.subList(from, lines.size()).clear();
            put(order, kind(group), amount);
        }
    }

    private void leaves(@Nullable String order, JsonNode node, String id) {
        node.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                leaves(order, field.getValue(), id);
            } else if (field.getKey().endsWith("_amount")) {
                put(order, kind(field.getKey()), TikTokSettlements.money(field.getValue(), currency, id));
            }
        });
    }

    /** The lines, and what they lack of {@code amount}. */
    List<Line> upTo(Money amount) {
        put(null, "NOT_ITEMISED", amount.minus(sum(0)));
        return lines;
    }

    private void put(@Nullable String order, String kind, Money amount) {
        if (amount.minor() != 0) {
            lines.add(new Line(order, kind, amount));
        }
    }

    private Money sum(int from) {
        return lines.subList(from, lines.size()).stream()
                .map(Line::amount)
                .reduce(Money.zero(Currency.getInstance(currency)), Money::plus);
    }

    private static String kind(String field) {
        return field.replaceFirst("_amount$", "").toUpperCase(Locale.ROOT);
    }
}
