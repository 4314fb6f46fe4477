package dev.weir.connectors;

import java.time.Instant;
import java.util.function.Consumer;

/** What changed in the shop's catalogue? */
public interface CatalogueChanges {
    /**
     * Hands every listing that changed at or after {@code since} to {@code each}; some may not have changed, because platforms' clocks
     * are coarse.
     *
     * @return from when to ask next time, by the platform's clock: no change between the two is missed
     */
    Instant readSince(Instant since, Consumer<Listing> each);
}
