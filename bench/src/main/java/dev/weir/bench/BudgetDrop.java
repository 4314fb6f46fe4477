package dev.weir.bench;

import dev.weir.bench.catalogue.DropRun;
import dev.weir.bench.catalogue.StrictBudget;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.connectors.http.CallsPerWindow;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.PointBucket;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How much of what a platform allows is used in a drop, when every lane has more to send than there is, and whom does that keep
 * waiting? Two hubs share one Redis; holds come as a tenth of the allowance, orders as a fifth, stock and catalogue without end. Meta's
 * batches carry neither holds nor orders: there stock comes as a tenth, and only the catalogue without end. The goal is 90 % or more,
 * nothing refused, and holds that do not wait.
 *
 * <p>Usage: {@code BudgetDrop [seconds=60]} a platform; Meta's are measured for three minutes, because they count by the minute.
 */
public final class BudgetDrop {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int META_SECONDS = 180;

    private BudgetDrop() {}

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        int seconds = new Options(args, "seconds").number("seconds", 60);
        PrintStream out = System.out;
        out.printf("%s; all on this machine%n", Machine.describe());
        StrictBudget.Case shopify = new StrictBudget.Case(
                "Shopify, 2,000 points and 100/s", StrictBudget.points(2_000, 100), new PointBucket(2_000, 100), 10);
        StrictBudget.Case tiktok = new StrictBudget.Case(
                "TikTok Shop, 50 calls/s",
                StrictBudget.window(50, Duration.ofSeconds(1)),
                new CallsPerWindow("", 50, Duration.ofSeconds(1)),
                1);
        for (StrictBudget.Case each : List.of(shopify, tiktok)) {
            print(out, each, DropRun.of(each, seconds, Lane.HOLD), Lane.HOLD);
        }
        for (int batches : new int[] {88, 8}) {
            StrictBudget.Case meta = new StrictBudget.Case(
                    "Meta, " + batches + " batches/min",
                    StrictBudget.window(batches, MINUTE),
                    CallsPerWindow.sparing(2, "", batches, MINUTE),
                    1);
            print(out, meta, DropRun.of(meta, META_SECONDS, Lane.STOCK), Lane.STOCK);
        }
        System.exit(0);
    }

    private static void print(PrintStream out, StrictBudget.Case of, DropRun.Result result, Lane first) {
        out.printf(
                Locale.ROOT,
                "%s: %.0f %% used (expected: 90 or more), %d refused (expected: 0)%n",
                of.name(),
                100 * result.used(),
                of.platform().refused());
        out.println(new Figures("    wait of " + first, result.waits(), result.wallNanos()).line());
    }
}
