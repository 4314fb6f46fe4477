package dev.weir.bench;

import dev.weir.bench.catalogue.PushRun;
import dev.weir.bench.catalogue.Servers;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How fast does a catalogue go out to TikTok Shop and Meta, does either ever refuse a call for being too many, and how long does a
 * change of stock take meanwhile? The stand-ins count as strictly as they can: 50 calls a second of each API, and Meta's batches by
 * the minute. The goal for stock is a p95 of 2 s behind the running push, and no call too many.
 *
 * <p>Usage: {@code CatalogueOut [n=20000] [meta=8] [changes=40] [every=25]}: products, Meta's batches a minute (8 for a new catalogue, or
 * 600), SKUs that change within a second, and seconds from one such burst to the next.
 */
public final class CatalogueOut {
    private static final int TIKTOK_A_SECOND = 50;
    private static final int META_BATCH = 2_500;
    private static final List<String> COUNTED = List.of("ProductCreate", "itemsBatch");
    private static final double WHOLE = 100_000;

    private final PrintStream out = System.out;
    private final PushRun run;
    private final double[] ended = new double[2];
    private final int[] made = new int[2];

    private CatalogueOut(PushRun run) {
        this.run = run;
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args, "n", "meta", "changes", "every");
        int meta = options.number("meta", 8);
        System.out.printf("%s; all on this machine%n", Machine.describe());
        String strict = "strict=tiktok-shop:quota" + (meta == 8 ? ",instagram:new-catalogue" : "");
        try (Servers servers = Servers.start(strict);
                PushRun run = new PushRun(servers, options.number("n", 20_000), meta)) {
            Machine.Busy before = Machine.busy();
            new CatalogueOut(run).run(meta, options.number("changes", 40), options.number("every", 25));
            System.out.printf(
                    Locale.ROOT, "machine %.0f %% busy%n", 100 * Machine.busy().busyShare(before));
        }
        System.exit(0);
    }

    private void run(int meta, int changes, int every) throws Exception {
        run.stock();
        long began = System.nanoTime();
        run.start();
        long burst = System.nanoTime();
        long told = burst;
        while (ended[0] == 0 || ended[1] == 0) {
            run.look();
            for (int shop = 0; shop < ended.length; shop++) {
                if (ended[shop] == 0 && run.standing(shop)[1] == 1) {
                    ended[shop] = seconds(began);
                    made[shop] = run.calls(shop, COUNTED.get(shop));
                }
            }
            if (seconds(burst) > every) {
                burst = System.nanoTime();
                run.burst(changes);
            }
            if (seconds(told) > 20) {
                told = System.nanoTime();
                out.printf(
                        Locale.ROOT,
                        "%6.1f s  taken: TikTok Shop %d, Meta %d; changes not accepted yet %d%n",
                        seconds(began),
                        run.standing(0)[0],
                        run.standing(1)[0],
                        run.open());
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        TimeUnit.SECONDS.sleep(3);
        print(meta);
    }

    private void print(int meta) throws Exception {
        double creates = made[0] / ended[0];
        double batches = made[1] * 60 / ended[1];
        out.printf(
                Locale.ROOT,
                "TikTok Shop  %d products in %.0f s: %.1f creates/s of %d allowed (%.0f %%); 100,000 at the limit: %.0f min,"
                        + " at this pace %.0f min%n",
                run.standing(0)[0],
                ended[0],
                creates,
                TIKTOK_A_SECOND,
                100 * creates / TIKTOK_A_SECOND,
                WHOLE / TIKTOK_A_SECOND / 60,
                WHOLE / creates / 60);
        out.printf(
                Locale.ROOT,
                "Meta         %d products in %.0f s: %.1f batches/min of %d allowed, stock included; 100,000 at the limit:"
                        + " %.1f min, at this pace %.1f min%n",
                run.standing(1)[0],
                ended[1],
                batches,
                meta,
                WHOLE / META_BATCH / meta,
                WHOLE / run.standing(1)[0] * ended[1] / 60);
        for (int shop = 0; shop < ended.length; shop++) {
            String channel = run.channels().get(shop);
            out.printf(
                    "%-12s refused by its stand-in: %s (expected: 0); calls %s%n",
                    channel, run.tooMany(shop), run.allCalls(shop));
            long[] latencies = run.latencies(shop);
            if (latencies.length > 0) {
                out.println(new Figures("stock at " + channel + ", " + latencies.length + " changes", latencies, (long)
                                (ended[shop] * 1e9))
                        .line());
            }
        }
        out.printf("changes never accepted: %d (expected: 0; p95 2000 ms or less)%n", run.open());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
