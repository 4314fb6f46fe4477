package dev.weir.bench;

import dev.weir.bench.catalogue.Servers;
import dev.weir.bench.rig.Child;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How long does a large catalogue take to come in from Shopify, and what does a kill -9 in the middle cost? The hub runs in a process
 * of its own with a small heap; the platform's stand-in, PostgreSQL (which syncs to disk) and Kafka are beside it on the same machine.
 * The goal is 100,000 SKUs in 10 minutes on 2 cores, carried on after the kill, with a flat heap.
 *
 * <p>Usage: {@code CatalogueIn [n=100000] [kill=50] [heap=256]}: SKUs, after how many percent it is killed (0: never), megabytes.
 */
public final class CatalogueIn {
    private static final String SEEN =
            "select coalesce(max(seen), 0), coalesce(max(case when done then 1 else 0 end), 0)"
                    + " from catalogue_run where direction = 'IN'";
    private static final Pattern HEAP = Pattern.compile("heap (\\d+) most (\\d+)");

    private final PrintStream out = System.out;
    private final Servers servers;
    private final int count;
    private final int heap;

    private CatalogueIn(Servers servers, int count, int heap) {
        this.servers = servers;
        this.count = count;
        this.heap = heap;
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args, "n", "kill", "heap");
        int count = options.number("n", 100_000);
        System.out.printf("%s; all on this machine%n", Machine.describe());
        try (Servers servers = Servers.start("shopify=" + count)) {
            new CatalogueIn(servers, count, options.number("heap", 256)).run(options.number("kill", 50));
        }
        System.exit(0);
    }

    private void run(int percent) throws IOException, SQLException, InterruptedException {
        Machine.Busy before = Machine.busy();
        long began = System.nanoTime();
        Child hub = servers.importer("hub", heap);
        try {
            if (percent > 0) {
                hub = killed(hub, began, count * (long) percent / 100);
            }
            await(hub, began, count, true);
        } finally {
            hub.close();
        }
        double seconds = seconds(began);
        long[] found = servers.numbers("select (select count(*) from product), (select count(*) from listing),"
                + " (select count(*) from stock), (select seen from catalogue_run where direction = 'IN')");
        out.printf(
                Locale.ROOT,
                "all of it in %.1f s, start and kill included: %.0f SKUs/s (goal: 600 s); machine %.0f %% busy%n"
                        + "products %d, listings %d, stocked %d, read %d (expected: %d each)%n",
                seconds,
                count / seconds,
                100 * Machine.busy().busyShare(before),
                found[0],
                found[1],
                found[2],
                found[3],
                count);
    }

    private Child killed(Child hub, long began, long at) throws IOException, SQLException, InterruptedException {
        await(hub, began, at, false);
        hub.kill();
        long[] left = servers.numbers("select (select seen from catalogue_run where direction = 'IN'),"
                + " (select count(*) from listing), (select count(*) from stock)");
        out.printf(
                Locale.ROOT,
                "%6.1f s  kill -9 at %d read; on disk %d listings, %d stocked (expected: as many)%n",
                seconds(began),
                left[0],
                left[1],
                left[2]);
        hub.close();
        long gone = System.nanoTime();
        Child next = servers.importer("hub-again", heap);
        await(next, began, left[0] + 1, false);
        out.printf(Locale.ROOT, "%6.1f s  goes on, %.1f s after the kill%n", seconds(began), seconds(gone));
        return next;
    }

    private void await(Child hub, long began, long seen, boolean isEnd)
            throws IOException, SQLException, InterruptedException {
        long told = System.nanoTime();
        while (true) {
            long[] row = servers.numbers(SEEN);
            boolean isThere = isEnd ? row[1] == 1 : row[0] >= seen;
            if (isThere || seconds(told) > 10) {
                told = System.nanoTime();
                out.printf(Locale.ROOT, "%6.1f s  %d read, %s%n", seconds(began), row[0], heapOf(hub));
            }
            if (isThere) {
                return;
            }
            if (!hub.isAlive()) {
                throw new IOException("hub: ended by itself: " + hub.printed());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static String heapOf(Child hub) throws IOException {
        return HEAP.matcher(hub.printed())
                .results()
                .reduce((one, other) -> other)
                .map(CatalogueIn::heap)
                .orElse("heap not told yet");
    }

    private static String heap(MatchResult heap) {
        return "heap after a collection " + heap.group(1) + " MB, at most " + heap.group(2) + " MB";
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
