package dev.weir.bench.fire;

import java.util.List;
import java.util.Locale;

/**
 * Did every promise hold under one seed's fire?
 *
 * @param broken what did not; empty when all did
 * @param backMillis from the last fault's end until all that was not sold could be had again
 * @param undecided SKUs whose history was too long for the linearizability checker's bound
 */
public record Verdict(
        long seed, List<String> broken, List<String> faults, Tally tally, long backMillis, int undecided) {

    /** Copies the lists. */
    public Verdict {
        broken = List.copyOf(broken);
        faults = List.copyOf(faults);
    }

    /** All promises held. */
    public boolean good() {
        return broken.isEmpty();
    }

    /** One line. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "seed %4d  %s  %d faults, %s, back after %,d ms%s",
                seed,
                good() ? "good  " : "BROKEN",
                faults.size(),
                tally,
                backMillis,
                undecided == 0 ? "" : ", " + undecided + " SKUs undecided");
    }
}
