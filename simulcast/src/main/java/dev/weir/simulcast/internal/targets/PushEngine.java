package dev.weir.simulcast.internal.targets;

/** One way to carry a stream to an address. What it does with threads is its own affair. */
interface PushEngine {

    /**
     * Connects and sends until that ends, and says why it ended. Returns within a second once the job's signal is given.
     */
    SessionEnd run(PushJob job) throws InterruptedException;
}
