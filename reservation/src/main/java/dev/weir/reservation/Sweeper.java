package dev.weir.reservation;

/** Who gives lapsed holds back when nobody asks for their units? Thread-safe; safe on many hubs at once. */
@FunctionalInterface
public interface Sweeper {
    /**
     * Expires holds that are due, in batches of 100 and at most 2,000 a call, and repairs the gate when Redis was lost;
     * meant to be called once a second. Never throws: a database that is away is logged and tried at the next call.
     *
     * @return how many holds were expired
     */
    int sweep();
}
