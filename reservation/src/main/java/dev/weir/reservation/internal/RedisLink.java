package dev.weir.reservation.internal;

import dev.weir.reservation.RedisAddress;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How do we speak with Redis? Over connections that are made when first needed and come back by themselves; a command that
 * cannot be sent or answered in time throws {@link RedisException}. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
    private static final long BULK_SECONDS = 10;

    private final RedisRoute route;
    private final Duration timeout;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile RedisRoute.@Nullable Open connection;

    RedisLink(RedisAddress address, Duration timeout) {
        this.timeout = timeout;
        this.route = RedisRoute.to(address);
    }

    /** One call of a script. */
    record Call(List<String> keys, List<String> arguments) {}

    /** The list that {@code script} answers. */
    List<Object> list(RedisScript script, Call call) {
        Object answer = run(script, ScriptOutputType.MULTI, call);
        if (answer instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw new RedisException("answer: " + answer + " (expected: a list)");
    }

    /** The number that {@code script} answers. */
    long number(RedisScript script, Call call) {
        Object answer = run(script, ScriptOutputType.INTEGER, call);
        if (answer instanceof Long number) {
            return number;
        }
        throw new RedisException("answer: " + answer + " (expected: a number)");
    }

    /** Sends the script's text only when the server does not know it. */
    private Object run(RedisScript script, ScriptOutputType type, Call call) {
        RedisClusterCommands<String, String> commands = connected().sync();
        String[] keys = call.keys().toArray(String[]::new);
        String[] arguments = call.arguments().toArray(String[]::new);
        try {
            return commands.evalsha(script.sha(), type, keys, arguments);
        } catch (RedisNoScriptException e) {
            return commands.eval(script.text(), type, keys, arguments);
        }
    }

    /** Runs {@code script} once for each call, all on their way at once; answers in order. The calls share a hash tag. */
    List<Long> runAll(RedisScript script, List<Call> calls) {
        if (calls.isEmpty()) {
            return List.of();
        }
        RedisRoute.Open open = connected();
        // The first one, with the script's text, has the server know it for the others: it is that of the keys.
        List<Long> answers = new ArrayList<>(calls.size());
        answers.add(number(script, calls.getFirst()));
        List<RedisFuture<Long>> futures = new ArrayList<>(calls.size());
        for (Call call : calls.subList(1, calls.size())) {
            futures.add(open.async()
                    .evalsha(
                            script.sha(),
                            ScriptOutputType.INTEGER,
                            call.keys().toArray(String[]::new),
                            call.arguments().toArray(String[]::new)));
        }
        if (!LettuceFutures.awaitAll(BULK_SECONDS, TimeUnit.SECONDS, futures.toArray(RedisFuture<?>[]::new))) {
            throw new RedisCommandTimeoutException("no answer to " + calls.size() + " calls in " + BULK_SECONDS + " s");
        }
        try {
            futures.forEach(future -> answers.add(future.toCompletableFuture().join()));
            return answers;
        } catch (CompletionException e) {
            throw new RedisException("a call failed", e.getCause());
        }
    }

    void set(String key, Duration life) {
        connected().sync().psetex(key, life.toMillis(), "1");
    }

    void delete(List<String> keys) {
        if (!keys.isEmpty()) {
            connected().sync().del(keys.toArray(String[]::new));
        }
    }

    /** The fields of a hash; empty when there is none. */
    Map<String, String> hash(String key) {
        return connected().sync().hgetall(key);
    }

    /** Throws when the server does not answer, or no cluster is found. */
    void ping() {
        route.check(connected());
    }

    /** True when one part of Redis may be away while others answer. */
    boolean isCluster() {
        return route instanceof RedisRoute.Cluster;
    }

    /** What is lost together with {@code key}: the same word for every key on its server. */
    String place(String key) {
        return route.place(key);
    }

    private RedisRoute.Open connected() {
        RedisRoute.Open open = connection;
        return open != null ? open : connect();
    }

    private RedisRoute.Open connect() {
        connecting.lock();
        try {
            RedisRoute.Open open = connection;
            if (open == null) {
                open = route.open(timeout);
                connection = open;
            }
            return open;
        } finally {
            connecting.unlock();
        }
    }

    @Override
    public void close() {
        route.client().shutdown(0, 2, TimeUnit.SECONDS);
    }
}
