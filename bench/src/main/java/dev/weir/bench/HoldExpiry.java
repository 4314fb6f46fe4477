package dev.weir.bench;

import dev.weir.bench.hold.HoldRig;
import dev.weir.bench.hold.Lapses;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.reservation.LapseWatch;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long after the end of a hold can its unit be held again, or has the next in line got it? One lapse at a time and many at
 * one moment; holds live a few seconds here, which changes nothing about how they end. What is told is told when it is on
 * disk; the way from there to a viewer's screen is not in it.
 *
 * <p>Usage: {@code HoldExpiry [holds=2000] [singles=100] [seconds=3]}, holds of a burst, lapses one by one, and life of a hold.
 */
public final class HoldExpiry {
    private static final int SOME_SKUS = 200;

    private HoldExpiry() {}

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "holds", "singles", "seconds");
        int holds = options.number("holds", 2_000) / SOME_SKUS * SOME_SKUS;
        int singles = options.number("singles", 100);
        PrintStream out = System.out;
        out.printf("%s; all on this machine%nfrom the end of a hold until%n", Machine.describe());
        try (HoldRig rig = HoldRig.start(Duration.ofSeconds(options.number("seconds", 3)))) {
            var lapses = new Lapses(rig);
            var refused = new AtomicInteger();
            out.println(lapses.atTheNextAsk(singles, refused).line("without the sweeper, one who keeps asking has it"));
            out.printf("    asks that began after the end and were refused: %d (expected: 0)%n", refused.get());
            try (LapseWatch _ = LapseWatch.start(rig.module().sweeper())) {
                lapses.freedTogether("warm-up", 1, SOME_SKUS);
                out.println(lapses.heldByWhoIsTold(singles).line("one who asks when told that it is free has it"));
                out.println(lapses.handedOver(singles).line("the next in line has it, ready to be pushed"));
                out.println(lapses.freedTogether("burst", 1, holds).line("many at once, of one SKU: each is free"));
                out.println(lapses.freedTogether("wide", SOME_SKUS, holds)
                        .line("many at once, of " + SOME_SKUS + " SKUs: each is free"));
                out.println(
                        lapses.heldAgainTogether(holds).line("many at once, of one SKU: 64 buyers have them again"));
                out.println(lapses.handedOverTogether(holds)
                        .line("many at once, of one SKU: those in line have them, ready to be pushed"));
            }
            out.println("(expected: 500 or less for one, at most 1000 ever; at the next ask without the sweeper)");
        }
        System.exit(0);
    }
}
