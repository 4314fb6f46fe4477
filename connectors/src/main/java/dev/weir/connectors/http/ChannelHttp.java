package dev.weir.connectors.http;

import dev.weir.connectors.AtWork;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Traces;
import dev.weir.connectors.http.RateBudget.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * How does a channel reach its platform without hurting anyone? Spends from the connection's budget, sends, classifies, and learns from
 * the answer what the budget is; tries again what the fault allows; has a breaker and a bulkhead for each connection; and keeps a
 * record of its last 1,000 calls.
 *
 * <p>Bounds: 3 tries; an answer is waited for as long as the terms say and may have 8 MiB; the budget is waited for 5 s by {@code HOLD}
 * and {@code ORDER}, 10 s by {@code STOCK}, 60 s by {@code CATALOGUE}, 1 s by a shy call. Thread-safe; blocking, meant for virtual threads. Nothing of
 * a call but its operation, host and path is ever told, and only the operation is recorded.
 */
public final class ChannelHttp {
    private static final int TRIES = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HttpSender sender = new HttpSender();
    private final Map<UUID, ConnectionGuard> guards = new ConcurrentHashMap<>();
    private final RateBudget budget;
    private final BudgetTerms terms;
    private final Waits waits;
    private final Clock clock;
    private volatile BiConsumer<Connection, CallRecord> watcher = (connection, call) -> {};
    private volatile Traces traces = Traces.OFF;

    /** A path of this process alone, on which each connection may send {@code callsPerSecond} calls (1 or more). */
    public ChannelHttp(int callsPerSecond) {
        this(RateBudget.inProcess(), callsPerSecond, Waits.REAL, Clock.systemUTC());
    }

    /** A path that spends from {@code budget}; {@code callsPerSecond} (1 or more) is for channels that know no better. */
    public ChannelHttp(RateBudget budget, int callsPerSecond, Waits waits, Clock clock) {
        if (callsPerSecond < 1) {
            throw new IllegalArgumentException("callsPerSecond: " + callsPerSecond + " (expected: 1 or more)");
        }
        this.budget = budget;
        this.terms = BudgetTerms.perSecond(callsPerSecond);
        this.waits = waits;
        this.clock = clock;
    }

    /**
     * Sends {@code call} for {@code connection}; returns a good answer or throws {@link ChannelException}. Calls are counted, whatever
     * they cost: without terms nobody knows in what.
     */
    public HttpAnswer exchange(Connection connection, HttpCall call, Classifier classifier) {
        return exchange(connection, call.costing(1), classifier, terms);
    }

    /** As above, spending the call's cost from the budget of these terms and learning from the answer by them. */
    public HttpAnswer exchange(Connection connection, HttpCall call, Classifier classifier, BudgetTerms terms) {
        try (AtWork _ = AtWork.on(AtWork.On.CONNECTION, connection.id())) {
            return traces.within(
                    Traces.Kind.CALL,
                    connection.channel() + " " + call.operation(),
                    () -> recorded(connection, call, classifier, terms));
        }
    }

    private HttpAnswer recorded(Connection connection, HttpCall call, Classifier classifier, BudgetTerms terms) {
        ConnectionGuard guard = guards.computeIfAbsent(connection.id(), id -> new ConnectionGuard(connection));
        guard.uses(terms.bucket());
        Tally tally = new Tally(clock.instant(), call, terms.bucket());
        try {
            HttpAnswer answer = tried(guard, new Try(connection.id(), call, classifier, terms, tally));
            ended(connection, guard, tally.ended(null));
            return answer;
        } catch (ChannelException e) {
            ended(connection, guard, tally.ended(e.fault()));
            throw e;
        }
    }

    /** Has {@code watcher} told of each call from now on, by the thread that made it: it is to be quick and not to throw. */
    public void watched(BiConsumer<Connection, CallRecord> watcher) {
        this.watcher = watcher;
    }

    /** Tells {@code traces} of each call from now on that is made in a span. */
    public void traced(Traces traces) {
        this.traces = traces;
    }

    private void ended(Connection connection, ConnectionGuard guard, CallRecord call) {
        guard.calls.add(call);
        watcher.accept(connection, call);
    }

    /** How every budget used so far stands, and the breaker of its connection. */
    public List<LaneView> lanes() {
        return guards.entrySet().stream()
                .flatMap(entry -> entry.getValue().buckets().stream()
                        .map(bucket -> view(entry.getKey(), entry.getValue(), bucket)))
                .toList();
    }

    /** The last 1,000 calls of a connection from this hub, newest first; none when it made none. */
    public List<CallRecord> calls(UUID connection) {
        ConnectionGuard guard = guards.get(connection);
        return guard == null ? List.of() : guard.calls.newestFirst();
    }

    private record Try(UUID connection, HttpCall call, Classifier classifier, BudgetTerms terms, Tally tally) {}

    private HttpAnswer tried(ConnectionGuard guard, Try wanted) {
        for (int attempt = 1; ; attempt++) {
            int number = attempt;
            try {
                return guard.whileWell(wanted.call(), () -> once(guard, wanted, number));
            } catch (ChannelException e) {
                if (attempt == TRIES || !e.fault().retryable() || !pause(attempt, wanted.call(), e)) {
                    throw e;
                }
            }
        }
    }

    private HttpAnswer once(ConnectionGuard guard, Try wanted, int attempt) {
        HttpCall call = wanted.call();
        Duration longest = longestWait(call);
        Outcome outcome = budget.spend(
                new RateBudget.Ask(wanted.connection(), wanted.terms().bucket(), call.lane(), call.cost(), longest));
        return switch (outcome) {
            case Outcome.Refused refused ->
                throw new ChannelException(
                        Fault.THROTTLED,
                        call + ": no budget within " + longest.toSeconds() + " s",
                        refused.retryAfter(),
                        null);
            case Outcome.Spent spent -> {
                wanted.tally().waited(spent.waited());
                yield sent(guard, wanted, spent, attempt);
            }
        };
    }

    private HttpAnswer sent(ConnectionGuard guard, Try wanted, Outcome.Spent spent, int attempt) {
        Settling settling = new Settling(budget, spent, wanted.tally());
        try {
            return guard.among(wanted.call(), () -> {
                settling.sending();
                long began = waits.nanos();
                HttpAnswer answer;
                try {
                    Traces.note(
                            "server.address", String.valueOf(wanted.call().uri().getHost()));
                    Traces.note("http.request.method", wanted.call().method());
                    answer = sender.send(wanted.call().attempt(), wanted.terms().patience());
                } catch (ChannelException e) {
                    settling.unanswered(Duration.ofNanos(waits.nanos() - began));
                    throw e;
                }
                Traces.note("http.response.status_code", Integer.toString(answer.status()));
                ChannelException fault = wanted.classifier().fault(answer);
                Optional<Reading> reading = wanted.terms().learn(answer);
                settling.answered(
                        answer, reading.or(() -> closing(fault, attempt)).orElse(null));
                if (fault != null) {
                    throw fault;
                }
                return answer;
            });
        } finally {
            settling.ended();
        }
    }

    /** Who is throttled without figures stays away as long as it was told, or 1 s, 2 s …; all calls do, not only this one. */
    private static Optional<Reading> closing(@org.jspecify.annotations.Nullable ChannelException fault, int attempt) {
        if (fault == null || fault.fault() != Fault.THROTTLED) {
            return Optional.empty();
        }
        Duration asked = fault.retryAfter();
        return Optional.of(new Reading.Closed(asked == null ? Duration.ofSeconds(1L << (attempt - 1)) : asked));
    }

    private static Duration longestWait(HttpCall call) {
        if (call.isShy()) {
            return Duration.ofSeconds(1);
        }
        return Duration.ofSeconds(
                switch (call.lane()) {
                    case HOLD, ORDER -> 5;
                    case STOCK -> 10;
                    case CATALOGUE -> 60;
                });
    }

    /**
     * Waits as the platform asked, or 100 ms, 200 ms … with jitter; false when the wait is too long to hold the caller. What is
     * throttled waits for its budget instead.
     */
    private boolean pause(int attempt, HttpCall call, ChannelException e) {
        Duration asked = e.retryAfter();
        if (e.fault() == Fault.THROTTLED) {
            return asked == null || asked.compareTo(longestWait(call)) <= 0;
        }
        Duration length = asked == null
                ? Duration.ofMillis(
                        (100L << attempt) / 2 + ThreadLocalRandom.current().nextLong(100))
                : asked;
        return length.compareTo(LONGEST_PAUSE) <= 0 && waits.sleep(length);
    }

    private LaneView view(UUID id, ConnectionGuard guard, BudgetTerms.Bucket bucket) {
        RateBudget.View view = budget.view(id, bucket);
        return new LaneView(
                id,
                guard.channel,
                bucket.name(),
                (int) Math.max(0, Math.floor(view.remaining())),
                (int) Math.ceil(view.limit()),
                view.refillPerSecond(),
                view.closedFor().toMillis(),
                view.waiting(),
                view.shared(),
                guard.breaker());
    }

    /**
     * How does one budget of a connection stand?
     *
     * @param remaining what may be spent at once now, in the platform's units
     * @param closedForMillis how long the platform wants to hear nothing
     * @param waiting calls of this hub that wait for it
     * @param shared false when this hub counts by itself
     * @param breaker CLOSED, OPEN or HALF_OPEN
     */
    public record LaneView(
            UUID connectionId,
            String channel,
            String bucket,
            int remaining,
            int limit,
            double refillPerSecond,
            long closedForMillis,
            int waiting,
            boolean shared,
            String breaker) {}
}
