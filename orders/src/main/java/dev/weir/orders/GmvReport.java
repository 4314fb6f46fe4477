package dev.weir.orders;

import dev.weir.connectors.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How much was sold, where, because of whom? Every figure is a query on the journal. Thread-safe. */
public interface GmvReport {
    /** Rows by the dimensions asked for, and their totals. */
    Result run(Query query);

    /** What one show sold so far, for the cockpit. */
    Totals ofShow(UUID showId, Currency currency);

    /** Accounts of the journal whose entries do not sum to zero, by currency: empty when the books balance. */
    Map<String, Long> imbalance();

    /** By what may rows be told apart? */
    enum Dimension {
        /** PLAYER or a channel's name. */
        CHANNEL,
        /** The show that earned it. */
        SHOW,
        /** Its host. */
        HOST,
        /** What was sold. */
        SKU,
        /** The calendar day in the query's zone. */
        DAY
    }

    /** {@code from} inclusive, {@code to} exclusive, at most 400 days apart; {@code by} may be empty. */
    record Query(String brand, Instant from, Instant to, Set<Dimension> by, ZoneId zone, Currency currency) {}

    /** {@code keys} by dimension in lower case; {@code show} rows carry {@code showTitle} too. */
    record Row(Map<String, String> keys, Totals totals) {}

    /** Gross is what was sold, refunds are 0 or more, net is the difference. */
    record Totals(long orders, long units, Money gross, Money refunds, Money net) {}

    /** At most 10,000 rows. */
    record Result(List<Row> rows, Totals totals) {}
}
