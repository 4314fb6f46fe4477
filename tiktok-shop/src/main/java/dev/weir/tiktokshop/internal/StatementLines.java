package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.Settlements.Line;
import dev.weir.connectors.Settlements.Part;
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
            new Group("revenue_amount", "revenue_breakdown", Part.SOLD),
            new Group("shipping_cost_amount", "shipping_cost_breakdown", Part.KEPT),
            new Group("fee_tax_amount", "fee_tax_breakdown", Part.KEPT));

    /** How a part of the shipping cost begins that is the buyer's to pay or to get back. */
    private static final String BUYERS = "CUSTOMER_";

    /** An amount of a transaction, the object that says what it is made of, and whose money it is. */
    private record Group(String amount, String breakdown, Part part) {}

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
                addGroup(ofOrder, group, amount, transaction.path(group.breakdown()), id);
            }
        }
        put(ofOrder, kind(transaction.path("type").asText("ADJUSTMENT")), Part.OTHER, settled.minus(sum(from)));
    }

    private void addGroup(@Nullable String order, Group group, Money amount, JsonNode breakdown, String id) {
        int from = lines.size();
        leaves(order, breakdown, group.part(), id);
        if (!sum(from).equals(amount)) {
            lines.subList(from, lines.size()).clear();
            put(order, kind(group.amount()), group.part(), amount);
        }
    }

    private void leaves(@Nullable String order, JsonNode node, Part part, String id) {
        node.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                leaves(order, field.getValue(), part, id);
            } else if (field.getKey().endsWith("_amount")) {
                String kind = kind(field.getKey());
                Part whose = kind.startsWith(BUYERS) ? Part.SOLD : part;
                put(order, kind, whose, TikTokSettlements.money(field.getValue(), currency, id));
            }
        });
    }

    /** The lines, and what they lack of {@code amount}. */
    List<Line> upTo(Money amount) {
        put(null, "NOT_ITEMISED", Part.OTHER, amount.minus(sum(0)));
        return lines;
    }

    private void put(@Nullable String order, String kind, Part part, Money amount) {
        if (amount.minor() != 0) {
            lines.add(new Line(order, kind, part, amount));
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
