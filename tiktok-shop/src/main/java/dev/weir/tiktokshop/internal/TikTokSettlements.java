package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.Settlements;
import dev.weir.connectors.http.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What did TikTok pay out, and what did it keep? Statements of the finance API (202309) with their transactions (202501); a
 * statement's lines always sum to its amount, because what the transactions do not explain is a line of its own.
 */
public final class TikTokSettlements implements Settlements {
    private final TikTokClient client;

    /** The statements of one shop. */
    public TikTokSettlements(TikTokClient client) {
        this.client = client;
    }

    @Override
    public void read(Instant from, Instant to, Consumer<Statement> each) {
        List<JsonNode> rows = new ArrayList<>();
        client.pages(
                TikTokCall.get(Lane.CATALOGUE, "Statements", "/finance/202309/statements")
                        .with("statement_time_ge", Long.toString(from.getEpochSecond()))
                        .with("statement_time_lt", Long.toString(to.getEpochSecond()))
                        .with("sort_field", "statement_time")
                        .with("sort_order", "ASC"),
                page -> page.path("statements").forEach(rows::add));
        boolean paid = rows.stream().anyMatch(TikTokSettlements::isPaid);
        Map<String, Instant> payments = paid ? payments(from) : Map.of();
        rows.forEach(row -> each.accept(statement(row, payments)));
    }

    /** Payments follow their statements. */
    private Map<String, Instant> payments(Instant from) {
        Map<String, Instant> paidAt = new HashMap<>();
        client.pages(
                TikTokCall.get(Lane.CATALOGUE, "Payments", "/finance/202605/payments")
                        .with("create_time_ge", Long.toString(from.getEpochSecond()))
                        .with("sort_field", "create_time")
                        .with("sort_order", "ASC"),
                page -> page.path("payments").forEach(payment -> {
                    if (payment.path("paid_time").asLong() > 0) {
                        paidAt.put(payment.path("id").asText(), at(payment.path("paid_time")));
                    }
                }));
        return paidAt;
    }

    private Statement statement(JsonNode row, Map<String, Instant> payments) {
        String id = row.path("id").asText();
        String currency = row.path("currency").asText();
        Money amount = money(row.path("settlement_amount"), currency, id);
        StatementLines lines = new StatementLines(currency);
        client.pages(
                TikTokCall.get(
                                Lane.CATALOGUE,
                                "StatementTransactions",
                                "/finance/202501/statements/" + id + "/statement_transactions")
                        .with("sort_field", "order_create_time")
                        .with("sort_order", "ASC"),
                page -> transactions(page).forEach(lines::add));
        Instant at = at(row.path("statement_time"));
        @Nullable
        Instant paidAt =
                isPaid(row) ? payments.getOrDefault(row.path("payment_id").asText(), at) : null;
        return new Statement(id, at, paidAt, amount, lines.upTo(amount));
    }

    /** 202309 called the list otherwise. */
    private static JsonNode transactions(JsonNode page) {
        return page.has("transactions") ? page.path("transactions") : page.path("statement_transactions");
    }

    private static boolean isPaid(JsonNode row) {
        return row.path("payment_status").asText().equals("PAID");
    }

    private static Instant at(JsonNode seconds) {
        return Instant.ofEpochSecond(seconds.asLong());
    }

    static Money money(JsonNode amount, String currency, String what) {
        try {
            return Money.of(amount.asText("0"), currency);
        } catch (IllegalArgumentException e) {
            throw new ChannelException(Fault.REJECTED, "statement " + what + ": " + e.getMessage(), null, e);
        }
    }
}
