package dev.weir.connectors;

import java.time.Instant;
import java.util.function.Consumer;

/** Which goods left, and which money went back, at a shop that does not push? */
public interface AfterSalePoll {
    /**
     * Hands every {@link ChannelEvent.ShipmentStated} and {@link ChannelEvent.RefundStated} that changed at or after {@code since} to {@code
     * each}, of each kind the oldest first; what the hub itself noted there is left out. Overlap is the caller's. At most 5,000 of a kind.
     *
     * @return from when on to ask next: the time of the last where there were too many, else now by the caller's clock
     */
    Instant readSince(Instant since, Consumer<ChannelEvent> each);
}
