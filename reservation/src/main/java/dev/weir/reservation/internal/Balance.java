package dev.weir.reservation.internal;

import dev.weir.reservation.ChannelPolicy;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many of the units that are left should each channel have? A share by what it sold lately, drawn towards its aim as if
 * {@link #AIM_WEIGHS} units had been sold in the aim's proportions: without sales it is the aim, and a first sale does not
 * turn everything over. What is nobody's share stays free. Values only.
 */
final class Balance {
    static final int AIM_WEIGHS = 20;
    /** Differences up to the larger of both are left alone, so that units do not go back and forth. */
    private static final int SMALL_UNITS = 1;

    private static final int SMALL_PERCENT = 5;
    /** A share that is whole but for the arithmetic counts as whole. */
    private static final double ROUNDING = 1e-9;

    private final int sellable;
    private final SortedMap<String, Integer> wanted = new TreeMap<>();
    private final int forAll;

    private Balance(int sellable, Map<String, Integer> wanted) {
        this.sellable = sellable;
        this.wanted.putAll(wanted);
        this.forAll = Math.max(
                0,
                sellable - wanted.values().stream().mapToInt(Integer::intValue).sum());
    }

    /**
     * One channel's place in it.
     *
     * @param most its ceiling of now
     * @param sold in the last minutes, 0 or more
     */
    record Part(String channel, ChannelPolicy.Allocate policy, int most, long sold) {}

    /** Splits {@code sellable} units, where everyone without units of their own sold {@code others} in the last minutes. */
    static Balance of(int sellable, List<Part> parts, long others) {
        double aims = 0;
        for (Part part : parts) {
            aims += aim(part, sellable);
        }
        double whole = Math.max(1, aims);
        double weights = others + AIM_WEIGHS * (1 - aims / whole);
        for (Part part : parts) {
            weights += weight(part, sellable, whole);
        }
        Map<String, Integer> wanted = new TreeMap<>();
        for (Part part : parts) {
            int share = weights == 0 ? 0 : (int) (sellable * weight(part, sellable, whole) / weights + ROUNDING);
            wanted.put(part.channel(), Math.min(part.most(), part.policy().within(share)));
        }
        return new Balance(sellable, wanted);
    }

    /** What {@code channel} should have. */
    int wanted(String channel) {
        return wanted.getOrDefault(channel, 0);
    }

    /** How far a channel may grow while {@code free} units are free: everyone's share is left, except for its floor. */
    int reachable(Part part, int promised, int free) {
        int spare = Math.max(0, free - forAll);
        int floor = Math.min(part.most(), part.policy().floor());
        return Math.max(Math.min(wanted(part.channel()), promised + spare), Math.min(floor, promised + free));
    }

    /** Whether {@code promised} units are so far off that moving is worth it. */
    boolean isOff(Part part, int promised) {
        return isOutside(part, promised)
                || Math.abs(wanted(part.channel()) - promised)
                        > Math.max(SMALL_UNITS, (long) sellable * SMALL_PERCENT / 100);
    }

    /** Whether {@code promised} is below the floor or above the ceiling: never left for later. */
    static boolean isOutside(Part part, int promised) {
        return promised > part.most()
                || promised > part.policy().ceiling()
                || promised < Math.min(part.most(), part.policy().floor());
    }

    private static double weight(Part part, int sellable, double whole) {
        return part.sold() + AIM_WEIGHS * aim(part, sellable) / whole;
    }

    /** Its aim as a share of what is there, 0..1. */
    private static double aim(Part part, int sellable) {
        if (sellable <= 0) {
            return 0;
        }
        int units = part.policy().within(part.policy().aim().of(sellable));
        return Math.min(1, (double) units / sellable);
    }
}
