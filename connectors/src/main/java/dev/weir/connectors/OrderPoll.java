package dev.weir.connectors;

import java.time.Instant;
import java.util.List;

/** Which orders changed, where a platform does not push? */
public interface OrderPoll {
    /** One page of at most 100 orders changed at or after {@code since}, oldest change first; overlap is the caller's. */
    List<Order> changedSince(Instant since);
}
