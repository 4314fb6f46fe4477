package dev.weir.bench;

import dev.weir.bench.fire.FireCampaign;
import dev.weir.bench.fire.FireSettings;
import dev.weir.bench.fire.Tally;
import dev.weir.bench.fire.Verdict;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Is a unit ever sold twice, or kept from a buyer for good, while hubs, Redis and PostgreSQL are killed, paused, flushed and
 * rolled back? Each seed is a plan of faults and a load; a broken promise is printed with the command that repeats its plan.
 *
 * <p>Usage: {@code Fire [seeds=200] [seconds=20] [first=1]}. Ends with status 1 when a promise was broken.
 */
public final class Fire {
    private Fire() {}

    /** Runs the seeds and prints a verdict for each. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "seeds", "seconds", "first");
        int seeds = options.number("seeds", 200);
        int seconds = options.number("seconds", 20);
        int first = options.number("first", 1);
        PrintStream out = System.out;
        out.printf("%s; buyers, hubs, Redis and PostgreSQL all on this machine%n", Machine.describe());
        List<Verdict> verdicts = new ArrayList<>();
        try (FireCampaign campaign = FireCampaign.weir(FireSettings.of(seconds))) {
            campaign.warmUp(5);
            for (int seed = first; seed < first + seeds; seed++) {
                Verdict verdict = campaign.run(seed);
                verdicts.add(verdict);
                out.println(verdict.line());
                if (!verdict.good()) {
                    verdict.faults().forEach(fault -> out.println("    " + fault));
                    verdict.broken().forEach(broken -> out.println("    BROKEN " + broken));
                    out.printf("    again: bench/run Fire seeds=1 seconds=%d first=%d%n", seconds, seed);
                }
            }
        }
        summary(out, verdicts);
        System.exit(verdicts.stream().allMatch(Verdict::good) ? 0 : 1);
    }

    private static void summary(PrintStream out, List<Verdict> verdicts) {
        out.printf(
                "%d seeds, %d broken, %,d faults; %s; all back within %,d ms; %d histories of a SKU undecided%n",
                verdicts.size(),
                verdicts.stream().filter(verdict -> !verdict.good()).count(),
                verdicts.stream().mapToInt(verdict -> verdict.faults().size()).sum(),
                verdicts.stream().map(Verdict::tally).reduce(Tally.NONE, Tally::plus),
                verdicts.stream().mapToLong(Verdict::backMillis).max().orElse(0),
                verdicts.stream().mapToLong(Verdict::undecided).sum());
    }
}
