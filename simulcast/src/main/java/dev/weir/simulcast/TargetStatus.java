package dev.weir.simulcast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How is one target doing at this moment?
 *
 * @param id as in its {@link TargetSpec}
 * @param name for people
 * @param channel null when it belongs to none
 * @param url without its key
 * @param state now
 * @param bytes sent since it was added, over all connections
 * @param droppedUnits frames it lost because it was too slow
 * @param reconnects connections made after the first
 * @param lastError null while nothing has failed; holds no key
 * @param nextRetryAt null unless the state is BACKOFF or REJECTED
 */
public record TargetStatus(
        String id,
        String name,
        @Nullable String channel,
        String url,
        TargetState state,
        long bytes,
        long droppedUnits,
        int reconnects,
        @Nullable String lastError,
        @Nullable Instant nextRetryAt) {}
