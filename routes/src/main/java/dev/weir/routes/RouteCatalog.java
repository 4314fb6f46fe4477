package dev.weir.routes;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which routes and loops run, and how do they fare? Thread-safe. */
public interface RouteCatalog {
    /** Every Camel route, then every loop beside Camel, in order of id within each. */
    List<Entry> list();

    /**
     * @param version of the route that runs, 0 for the one that ships; 0 for a loop
     * @param state Camel's word ({@code Started}, {@code Stopped} …), or what a loop is doing
     * @param exchangesTotal since the start of the process
     * @param lastError null when nothing failed yet; it stays after a recovery, with its time
     */
    record Entry(
            String id,
            String description,
            int version,
            String state,
            long exchangesTotal,
            long exchangesFailed,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt) {}
}
