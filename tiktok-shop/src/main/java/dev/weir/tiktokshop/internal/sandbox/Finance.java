package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What does the shop pay out? One statement a day that is over, of the orders placed on it and not called off; paid two days later. It
 * keeps 6 % commission and, of orders from a LIVE, 1 % for specials.
 */
final class Finance {
    private static final BigDecimal COMMISSION = new BigDecimal("0.06");
    private static final BigDecimal SPECIALS = new BigDecimal("0.01");
    private static final Duration PAID_AFTER = Duration.ofDays(2);

    private final ShopOrders orders;
    private final Clock clock;

    Finance(ShopOrders orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    ObjectNode statements(Map<String, String> query) {
        long from = Long.parseLong(query.getOrDefault("statement_time_ge", "0"));
        long to = Long.parseLong(query.getOrDefault("statement_time_lt", "99999999999"));
        List<ObjectNode> found = days().entrySet().stream()
                .map(day -> statement(day.getKey(), day.getValue()))
                .filter(each -> each.path("statement_time").asLong() >= from
                        && each.path("statement_time").asLong() < to)
                .toList();
        return Pages.of(found, query, "statements", UnaryOperator.identity());
    }

    ObjectNode payments(Map<String, String> query) {
        List<ObjectNode> found = days().entrySet().stream()
                .map(day -> statement(day.getKey(), day.getValue()))
                .filter(each -> each.path("payment_status").asText().equals("PAID"))
                .map(each -> SandboxStore.document()
                        .put("id", each.path("payment_id").asText())
                        .put("create_time", each.path("statement_time").asLong())
                        .put("paid_time", each.path("statement_time").asLong() + PAID_AFTER.toSeconds())
                        .put("status", "PAID"))
                .toList();
        return Pages.of(found, query, "payments", UnaryOperator.identity());
    }

    ObjectNode transactions(String statement, Map<String, String> query) {
        List<ObjectNode> found = days().entrySet().stream()
                .filter(day -> statement(day.getKey(), day.getValue())
                        .path("id")
                        .asText()
                        .equals(statement))
                .flatMap(day -> day.getValue().stream())
                .map(Finance::transaction)
                .toList();
        return Pages.of(found, query, "transactions", UnaryOperator.identity());
    }

    /** Orders by the day that they were placed on, of days that are over. */
    private Map<Instant, List<ObjectNode>> days() {
        Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
        Map<Instant, List<ObjectNode>> days = new TreeMap<>();
        for (ObjectNode order : orders.all()) {
            Instant day =
                    Instant.ofEpochSecond(order.path("create_time").asLong()).truncatedTo(ChronoUnit.DAYS);
            if (day.isBefore(today) && !order.path("status").asText().equals("CANCELLED")) {
                days.computeIfAbsent(day, each -> new ArrayList<>()).add(order);
            }
        }
        return days;
    }

    private ObjectNode statement(Instant day, List<ObjectNode> sold) {
        Instant at = day.plus(1, ChronoUnit.DAYS);
        boolean paid = !at.plus(PAID_AFTER).isAfter(clock.instant());
        String currency = sold.getFirst().path("payment").path("currency").asText();
        Money sum = Money.zero(Currency.getInstance(currency));
        for (ObjectNode order : sold) {
            sum = sum.plus(Money.of(transaction(order).path("settlement_amount").asText(), currency));
        }
        return SandboxStore.document()
                .put("id", Long.toString(3_540_000_000_000_000_000L + day.getEpochSecond()))
                .put("statement_time", at.getEpochSecond())
                .put("settlement_amount", sum.amount())
                .put("currency", currency)
                .put("payment_status", paid ? "PAID" : "PROCESSING")
                .put("payment_id", paid ? Long.toString(3_541_000_000_000_000_000L + day.getEpochSecond()) : "");
    }

    private static ObjectNode transaction(JsonNode order) {
        String currency = order.path("payment").path("currency").asText();
        Money total = Money.of(order.path("payment").path("total_amount").asText(), currency);
        Money commission = share(total, COMMISSION).negated();
        Money specials = share(total, SPECIALS).negated();
        ObjectNode row = SandboxStore.document()
                .put("id", "T" + order.path("id").asText())
                .put("type", "ORDER")
                .put("order_id", order.path("id").asText())
                .put("settlement_amount", total.plus(commission).plus(specials).amount())
                .put("revenue_amount", total.amount())
                .put("shipping_cost_amount", "0")
                .put("fee_tax_amount", commission.plus(specials).amount());
        // The first of these holds the second already, as the platform's own breakdowns do.
        row.putObject("revenue_breakdown")
                .put("subtotal_before_discount_amount", total.amount())
                .put("gross_sales_amount", total.amount());
        ObjectNode breakdown = row.putObject("fee_tax_breakdown");
        breakdown
                .putObject("fee")
                .put("platform_commission_amount", commission.amount())
                .put("live_specials_fee_amount", specials.amount())
                .put("referral_fee_amount", "0");
        breakdown.putObject("tax").put("vat_amount", "0");
        return row;
    }

    private static Money share(Money total, BigDecimal part) {
        BigDecimal exact = total.decimal().multiply(part);
        return Money.of(
                exact.setScale(total.currency().getDefaultFractionDigits(), RoundingMode.HALF_UP), total.currency());
    }
}
