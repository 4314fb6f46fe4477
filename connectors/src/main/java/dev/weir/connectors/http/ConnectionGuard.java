package dev.weir.connectors.http;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How is one shop's trouble kept to itself? A breaker and a bulkhead of its own: 16 calls under way, of which 4 only for
 * {@link Lane#HOLD}. Thread-safe.
 */
final class ConnectionGuard {
    private static final int UNDER_WAY = 16;
    private static final int FOR_HOLDS = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration OPEN_FOR = Duration.ofSeconds(10);

    final String channel;
    final CallLog calls = new CallLog();
    private final CircuitBreaker breaker;
    private final Bulkhead all;
    private final Bulkhead behindHolds;
    private final Map<String, BudgetTerms.Bucket> buckets = new ConcurrentHashMap<>();

    ConnectionGuard(Connection connection) {
        channel = connection.channel();
        String name = connection.id().toString();
        breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .waitDurationInOpenState(OPEN_FOR)
                        .recordException(ConnectionGuard::isOutage)
                        .ignoreException(ConnectionGuard::wasNeverJudged)
                        .build());
        all = bulkhead(name, UNDER_WAY);
        behindHolds = bulkhead(name, UNDER_WAY - FOR_HOLDS);
    }

    private static Bulkhead bulkhead(String name, int most) {
        return Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(most)
                        .maxWaitDuration(LONGEST_WAIT)
                        .build());
    }

    private static boolean isOutage(Throwable thrown) {
        return thrown instanceof ChannelException e
                && (e.fault() == Fault.TRANSIENT || e.fault() == Fault.OUTCOME_UNKNOWN);
    }

    /** Throttling says nothing of the platform's health: a breaker that tries again must not close on it. */
    private static boolean wasNeverJudged(Throwable thrown) {
        return thrown instanceof ChannelException e && e.fault() == Fault.THROTTLED;
    }

    /** Runs {@code work} unless the breaker is open. */
    <T> T whileWell(HttpCall call, Supplier<T> work) {
        try {
            return breaker.executeSupplier(work);
        } catch (CallNotPermittedException e) {
            throw new ChannelException(Fault.TRANSIENT, call + ": the connection's breaker is open", OPEN_FOR, e);
        }
    }

    /** Runs {@code work} when fewer than allowed are under way, after a wait where needed. */
    <T> T among(HttpCall call, Supplier<T> work) {
        try {
            return call.lane() == Lane.HOLD
                    ? all.executeSupplier(work)
                    : behindHolds.executeSupplier(() -> all.executeSupplier(work));
        } catch (BulkheadFullException e) {
            throw new ChannelException(
                    Fault.THROTTLED,
                    call + ": " + UNDER_WAY + " calls of the connection are under way already",
                    Duration.ofSeconds(1),
                    e);
        }
    }

    void uses(BudgetTerms.Bucket bucket) {
        buckets.put(bucket.name(), bucket);
    }

    Collection<BudgetTerms.Bucket> buckets() {
        return buckets.values();
    }

    String breaker() {
        return breaker.getState().name();
    }
}
