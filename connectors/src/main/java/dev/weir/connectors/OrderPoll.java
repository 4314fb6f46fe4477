package dev.weir.connectors;

import java.time.Instant;
import java.util.List;

/** Which orders changed, where a platform does not push? */
public interface OrderPoll {
    /**
     * One page of 100 orders changed at or after {@code since}, oldest change first; overlap is the caller's, who asks on from the last
     * one's time. Fewer say that there are no more, so what is passed over must not shorten the page. More are told where one instant of
     * the platform's clock has more: nobody could ask on from within it. Of the orders that the hub handed over, those that the shop called
     * off since, in whole or in part, and no others.
     */
    List<Order> changedSince(Instant since);
}
