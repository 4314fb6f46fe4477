package dev.weir.instagram.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.CallsPerWindow;
import dev.weir.connectors.http.UsagePercent;
import java.time.Duration;

/**
 * How much does Meta let one connection send? Batches of a catalogue by the minute: 8 + 8 × log2 of who saw its products in 28
 * days, so 8 for a new one; the operator may enter more. Everything else is counted by the hour and told in percent, and so
 * are batches: what the headers say goes before what was entered. Two batches are never a catalogue's: they are for stock. Stateless.
 */
final class GraphBudget {
    /** Of a catalogue that nobody has seen yet. */
    private static final int BATCHES_A_MINUTE = 8;

    /** Meta allows 20,000 and more an hour; the headers slow us down long before. */
    private static final double CALLS_A_SECOND = 20;

    private static final int MOST = 10_000;

    /** A stock change gathers for a moment and goes at once; the changes that come meanwhile are the second batch. */
    private static final int SPARED = 2;

    /** Batches are counted here as well, so that what the headers say may come late. */
    private static final double FREE_PERCENT = 80;

    private GraphBudget() {}

    /** The terms of {@code items_batch}. */
    static BudgetTerms batches(Connection connection) {
        return CallsPerWindow.sparing(SPARED, "catalog-batch", allowed(connection), Duration.ofMinutes(1))
                .heeding(new UsagePercent("catalog-batch", 1).freeUpTo(FREE_PERCENT));
    }

    /** How long it takes until another batch may be sent, 1 s at most: changes of stock that come meanwhile go together. */
    static Duration between(Connection connection) {
        Duration each = Duration.ofMinutes(1).dividedBy(allowed(connection));
        return each.compareTo(Duration.ofSeconds(1)) < 0 ? each : Duration.ofSeconds(1);
    }

    /** The terms of every other call. */
    static BudgetTerms calls() {
        return new UsagePercent("graph", CALLS_A_SECOND);
    }

    private static int allowed(Connection connection) {
        return connection.number("batchCallsPerMinute", BATCHES_A_MINUTE, 1, MOST);
    }
}
