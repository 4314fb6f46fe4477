package dev.weir.reservation;

/** How may a channel sell a SKU? Numbers are units; a value out of range is refused with its name and its range. */
public sealed interface ChannelPolicy {
    /** Without a policy: mirrored, all of it. */
    ChannelPolicy DEFAULT = new Mirror(0);

    /** Units that the channel is not told of; 0..1,000,000. */
    int safety();

    /** It asks for a hold before it sells; its number is only for show. */
    record Ask(int safety) implements ChannelPolicy {
        /** Refuses a safety stock out of range. */
        public Ask {
            Bounds.units("safety", safety, 0);
        }
    }

    /** It is told what is free as soon as that changes; two channels can sell the same unit within that moment. */
    record Mirror(int safety) implements ChannelPolicy {
        /** Refuses a safety stock out of range. */
        public Mirror {
            Bounds.units("safety", safety, 0);
        }
    }

    /**
     * It sells from units of its own.
     *
     * @param floor units that it always gets first while there are free ones, 0..1,000,000
     * @param ceiling the most it may have, {@code floor}..1,000,000
     * @param aim where it starts, and what it returns to while nothing is sold
     */
    record Allocate(int safety, int floor, int ceiling, Aim aim) implements ChannelPolicy {
        /** Refuses what is out of range. */
        public Allocate {
            Bounds.units("safety", safety, 0);
            Bounds.units("floor", floor, 0);
            Bounds.units("ceiling", ceiling, floor);
        }

        /** {@code units} within floor and ceiling. */
        public int within(int units) {
            return Math.clamp(units, floor, ceiling);
        }
    }

    /** How large is an allocation while no sales say otherwise? */
    sealed interface Aim {
        /** So many of {@code sellable} units, which are free or some channel's own. */
        int of(int sellable);

        /** A number, 0..1,000,000. */
        record Units(int units) implements Aim {
            /** Refuses what is out of range. */
            public Units {
                Bounds.units("aim.units", units, 0);
            }

            @Override
            public int of(int sellable) {
                return units;
            }
        }

        /** A share, 0..100 percent, rounded down. */
        record Share(int percent) implements Aim {
            /** Refuses what is out of range. */
            public Share {
                if (percent < 0 || percent > 100) {
                    throw new IllegalArgumentException("aim.percent: " + percent + " (expected: 0..100)");
                }
            }

            @Override
            public int of(int sellable) {
                return (int) ((long) sellable * percent / 100);
            }
        }
    }
}
