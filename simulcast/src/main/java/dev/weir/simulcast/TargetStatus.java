package dev.weir.simulcast;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How is one target doing at this moment?
 *
 * @param id as in its {@link TargetSpec}
 * @param name for people
 * @param channel null when it belongs to none
 * @param url without its key
 * @param state now
 * @param since when it came into that state
 * @param bytes sent since it was added, over all connections and addresses
 * @param kbps 1000 bits a second that left over the last five seconds; 0 when none did
 * @param queueMillis media time that waits to be sent
 * @param droppedUnits frames it lost because it was too slow
 * @param reconnects connections begun after the first
 * @param lastError null while nothing has failed; holds no key
 * @param nextRetryAt null unless the state is BACKOFF or REJECTED
 * @param misfits in which ways the stream exceeds the target's limits, known as soon as a host publishes; empty when it
 *     fits, is re-encoded to fit, or no limits are set
 * @param history the last states it came into, oldest first, at most 30
 */
public record TargetStatus(
        String id,
        String name,
        @Nullable String channel,
        String url,
        TargetState state,
        Instant since,
        long bytes,
        long kbps,
        long queueMillis,
        long droppedUnits,
        int reconnects,
        @Nullable String lastError,
        @Nullable Instant nextRetryAt,
        List<Misfit> misfits,
        List<TargetEvent> history) {}
