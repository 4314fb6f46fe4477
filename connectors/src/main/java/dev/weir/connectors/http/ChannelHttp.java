package dev.weir.connectors.http;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How does a channel reach its platform without hurting anyone? Spends from the connection's rate budget, sends,
 * classifies, retries what the fault allows, and opens a breaker for that connection alone.
 *
 * <p>Bounds: 3 tries, 10 s a try, 8 MiB an answer, 5 s wait for the budget. Thread-safe; blocking, meant for virtual
 * threads. Nothing of a call but its operation, host and path is ever logged.
 */
public final class ChannelHttp {
    private static final int TRIES = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BUDGET_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int MAX_ANSWER_BYTES = 8 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Map<UUID, Lane> lanes = new ConcurrentHashMap<>();
    private final int callsPerSecond;
    private final BudgetTerms terms;

    /** A path on which each connection may send {@code callsPerSecond} calls (1 or more). */
    public ChannelHttp(int callsPerSecond) {
        if (callsPerSecond < 1) {
            throw new IllegalArgumentException("callsPerSecond: " + callsPerSecond + " (expected: 1 or more)");
        }
        this.callsPerSecond = callsPerSecond;
        terms = BudgetTerms.perSecond(callsPerSecond);
    }

    /** Sends {@code call} for {@code connection}; returns a good answer or throws {@link ChannelException}. */
    public HttpAnswer exchange(Connection connection, HttpCall call, Classifier classifier) {
        return exchange(connection, call, classifier, terms);
    }

    /** As above, spending from the budget of these terms and learning from the answer by them. */
    public HttpAnswer exchange(Connection connection, HttpCall call, Classifier classifier, BudgetTerms terms) {
        Lane lane = lanes.computeIfAbsent(connection.id(), id -> new Lane(connection, callsPerSecond));
        for (int attempt = 1; ; attempt++) {
            try {
                return lane.breaker.executeSupplier(() -> once(lane, call, classifier, terms));
            } catch (CallNotPermittedException e) {
                throw new ChannelException(
                        Fault.TRANSIENT, call + ": the connection's breaker is open", Duration.ofSeconds(10), e);
            } catch (ChannelException e) {
                if (attempt == TRIES || !e.fault().retryable() || !pause(attempt, e)) {
                    throw e;
                }
            }
        }
    }

    /** The state of every connection used so far, for the operator's page. */
    public List<LaneView> lanes() {
        return lanes.entrySet().stream()
                .map(entry -> entry.getValue().view(entry.getKey(), callsPerSecond))
                .toList();
    }

    private HttpAnswer once(Lane lane, HttpCall call, Classifier classifier, BudgetTerms terms) {
        lane.checkOpen(call);
        if (!lane.budget.acquirePermission()) {
            throw new ChannelException(Fault.THROTTLED, call + ": no budget within " + BUDGET_WAIT.toSeconds() + " s");
        }
        HttpAnswer answer = send(call.attempt());
        terms.learn(answer).ifPresent(lane::heed);
        ChannelException fault = classifier.fault(answer);
        if (fault != null) {
            throw fault;
        }
        return answer;
    }

    private HttpAnswer send(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .timeout(TIMEOUT)
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        long began = System.nanoTime();
        try {
            HttpResponse<java.io.InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (java.io.InputStream in = response.body()) {
                byte[] body = in.readNBytes(MAX_ANSWER_BYTES + 1);
                if (body.length > MAX_ANSWER_BYTES) {
                    throw new ChannelException(Fault.REJECTED, call + ": answer over " + MAX_ANSWER_BYTES + " bytes");
                }
                return new HttpAnswer(
                        response.statusCode(), flatten(response), body, Duration.ofNanos(System.nanoTime() - began));
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new ChannelException(Fault.TRANSIENT, call + ": not reachable", null, e);
        } catch (IOException e) {
            Fault fault = call.safe() ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
            throw new ChannelException(
                    fault, call + ": no answer (" + e.getClass().getSimpleName() + ")", null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(Fault.OUTCOME_UNKNOWN, call + ": interrupted", null, e);
        }
    }

    private static Map<String, String> flatten(HttpResponse<?> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getLast()));
        return headers;
    }

    /** Waits as the platform asked, or 100 ms, 200 ms … with jitter; false when the wait is too long to hold the caller. */
    private static boolean pause(int attempt, ChannelException e) {
        Duration asked = e.retryAfter();
        long millis = asked == null
                ? (100L << attempt) / 2 + ThreadLocalRandom.current().nextLong(100)
                : asked.toMillis();
        if (millis > LONGEST_PAUSE.toMillis()) {
            return false;
        }
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * How is one connection doing?
     *
     * @param remaining calls that may be sent at once now
     * @param breaker CLOSED, OPEN or HALF_OPEN
     */
    public record LaneView(UUID connectionId, String channel, int remaining, int limit, String breaker) {}

    private static final class Lane {
        private final String channel;
        private final CircuitBreaker breaker;
        private final RateLimiter budget;
        private volatile long closedUntil = System.nanoTime();

        private Lane(Connection connection, int callsPerSecond) {
            channel = connection.channel();
            breaker = CircuitBreaker.of(
                    connection.id().toString(),
                    CircuitBreakerConfig.custom()
                            .slidingWindowSize(20)
                            .minimumNumberOfCalls(10)
                            .waitDurationInOpenState(Duration.ofSeconds(10))
                            .recordException(e -> e instanceof ChannelException fault
                                    && (fault.fault() == Fault.TRANSIENT || fault.fault() == Fault.OUTCOME_UNKNOWN))
                            .build());
            budget = RateLimiter.of(
                    connection.id().toString(),
                    RateLimiterConfig.custom()
                            .limitForPeriod(callsPerSecond)
                            .limitRefreshPeriod(Duration.ofSeconds(1))
                            .timeoutDuration(BUDGET_WAIT)
                            .build());
        }

        private void checkOpen(HttpCall call) {
            long left = closedUntil - System.nanoTime();
            if (left > 0) {
                throw new ChannelException(
                        Fault.THROTTLED, call + ": closed by the platform", Duration.ofNanos(left), null);
            }
        }

        private void heed(Reading reading) {
            if (reading instanceof Reading.Closed closed) {
                closedUntil = System.nanoTime() + closed.length().toNanos();
            }
        }

        private LaneView view(UUID id, int limit) {
            return new LaneView(
                    id,
                    channel,
                    budget.getMetrics().getAvailablePermissions(),
                    limit,
                    breaker.getState().name());
        }
    }
}
