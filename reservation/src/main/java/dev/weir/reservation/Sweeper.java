package dev.weir.reservation;

import java.time.Duration;

/** Who gives lapsed holds back when nobody asks for their units? Thread-safe; safe on many hubs at once, without a lease. */
public interface Sweeper {
    /**
     * Ends the holds that are due, in batches of 500 and at most 5,000 a call, and hands their units to who waits. When none is
     * due it costs one look into an index. Never throws: a database that is away is logged once and asked again later.
     *
     * @return after which time to call again: none while there may be more, else until the next hold ends, 250 ms at most
     */
    Duration lapse();

    /**
     * Does the same, and looks at what may have gone wrong meanwhile: repairs the gate when Redis was lost; meant to be called
     * once a second. Never throws.
     *
     * @return how many holds were expired
     */
    int sweep();

    /** How many holds it has ended since this hub began. */
    long ended();
}
