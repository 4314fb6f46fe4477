package dev.weir.tiktokshop.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.CallsPerWindow;
import java.time.Duration;
import java.util.Locale;

/**
 * How much may a shop be asked? TikTok counts by app, shop and API, publishes no figures and no endpoint that tells them, and lets reads
 * have more than writes (fact sheet, section 8): so the figures are settings, each API has a budget of its own, and a 429 closes it.
 */
final class Quota {
    private static final int READS = 10;
    private static final int WRITES = 5;
    private static final int MOST = 100_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Quota() {}

    static BudgetTerms of(Connection connection, TikTokCall call) {
        boolean read = call.method().equals("GET") || call.path().endsWith("/search");
        int calls = read
                ? connection.number("readsPerSecond", READS, 1, MOST)
                : connection.number("writesPerSecond", WRITES, 1, MOST);
        return new CallsPerWindow(call.operation().toLowerCase(Locale.ROOT), calls, SECOND);
    }
}
