package dev.weir.bench;

import dev.weir.bench.catalogue.DriftedShop;
import dev.weir.bench.catalogue.Servers;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Entry;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.Run;
import dev.weir.routes.Drifts.State;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Is drift that was injected by hand found, explained and healed within one run? A Shopify shop's stand-in with so many SKUs, of which some
 * are changed: six tenths set by hand, up and down, two sold without a push, two shown again as they were before our last write. Ten more
 * are late echoes, which are to be named and left alone. The goal is all of them, each with its cause, in one run; then each heal is
 * taken back.
 *
 * <p>Usage: {@code DriftRun [n=10000] [changed=100] [settle=130]}: SKUs, how many are changed, seconds after which a push that did not
 * come is lost (two minutes and some).
 */
public final class DriftRun {
    private static final int ECHOES = 10;

    private final PrintStream out = System.out;
    private final DriftedShop shop;

    private DriftRun(DriftedShop shop) {
        this.shop = shop;
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args, "n", "changed", "settle");
        int count = options.number("n", 10_000);
        System.out.printf("%s; all on this machine%n", Machine.describe());
        try (Servers servers = Servers.start("shopify=" + count);
                DriftedShop shop = new DriftedShop(servers, count)) {
            Machine.Busy before = Machine.busy();
            new DriftRun(shop).run(count, options.number("changed", 100), options.number("settle", 130));
            System.out.printf(
                    Locale.ROOT, "machine %.0f %% busy%n", 100 * Machine.busy().busyShare(before));
        }
        System.exit(0);
    }

    private void run(int count, int changed, int settle) throws Exception {
        long began = System.nanoTime();
        shop.start(count);
        out.printf(Locale.ROOT, "%6.1f s  %d SKUs known and told%n", seconds(began), count);
        shop.sell(changed / 5);
        shop.edit(changed - 2 * (changed / 5));
        shop.loseWrites(changed / 5);
        TimeUnit.SECONDS.sleep(settle);
        shop.age();
        shop.echo(ECHOES);
        out.printf(Locale.ROOT, "%6.1f s  %d changed by hand, and %d late echoes%n", seconds(began), changed, ECHOES);
        long from = System.nanoTime();
        Run run = shop.run();
        double took = seconds(from);
        List<Entry> found = shop.found(run);
        judge(run, found, took);
        undo(found);
    }

    private void judge(Run run, List<Entry> found, double took) throws Exception {
        Map<String, Cause> expected = shop.expected();
        Map<String, int[]> byCause = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        int healed = 0;
        int extra = 0;
        for (Entry entry : found) {
            if (entry.kind() != Kind.STOCK) {
                continue;
            }
            Cause cause = expected.get(entry.subject());
            if (cause == null) {
                extra++;
                out.println("not changed by us: " + entry);
                continue;
            }
            seen.add(entry.subject());
            healed += entry.state() == State.HEALED ? 1 : 0;
            byCause.computeIfAbsent(cause.name(), any -> new int[2])[entry.cause() == cause ? 0 : 1]++;
        }
        out.printf(
                Locale.ROOT,
                "one run: %.1f s for %d SKUs and %d orders, %s%s%n",
                took,
                run.skus(),
                run.orders(),
                run.state(),
                run.heldBack() == null ? "" : ", held back: " + run.heldBack());
        out.printf("found %d of %d, and %d that nobody changed (expected: 0)%n", seen.size(), expected.size(), extra);
        byCause.forEach((cause, counts) ->
                out.printf("  %-14s %d named so, %d named otherwise%n", cause, counts[0], counts[1]));
        out.printf(
                "healed %d (expected: %d, all but the echoes); orders taken in %d%n",
                healed,
                expected.size() - ECHOES,
                found.stream().filter(entry -> entry.kind() == Kind.ORDER).count());
        out.printf("the shop shows what it should for %d of %d%n", shop.right(), expected.size());
        found.stream()
                .filter(entry -> entry.kind() == Kind.STOCK)
                .collect(Collectors.toMap(Entry::cause, Entry::words, (one, other) -> one, TreeMap::new))
                .forEach((cause, words) -> out.println("  says, for example: " + words));
    }

    private void undo(List<Entry> found) throws Exception {
        List<Entry> written =
                found.stream().filter(entry -> entry.heal() != null).toList();
        long from = System.nanoTime();
        int back = shop.undo(written);
        out.printf(
                Locale.ROOT, "taken back %d of %d heals that wrote, in %.1f s%n", back, written.size(), seconds(from));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
