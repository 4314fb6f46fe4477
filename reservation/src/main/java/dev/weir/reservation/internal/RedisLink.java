package dev.weir.reservation.internal;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How do we speak with Redis? Over one connection that is made when first needed and comes back by itself; a command that
 * cannot be sent or answered in time throws {@link RedisException}. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final long BULK_SECONDS = 10;
    private static final int MOST_QUEUED = 16_384;

    private final RedisClient client;
    private final Duration timeout;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable StatefulRedisConnection<String, String> connection;

    RedisLink(RedisURI uri, Duration timeout) {
        this.timeout = timeout;
        client = RedisClient.create(
                RedisURI.builder(uri).withTimeout(CONNECT_TIMEOUT).build());
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_QUEUED)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .build());
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
        RedisCommands<String, String> commands = connected().sync();
        String[] keys = call.keys().toArray(String[]::new);
        String[] arguments = call.arguments().toArray(String[]::new);
        try {
            return commands.evalsha(script.sha(), type, keys, arguments);
        } catch (RedisNoScriptException e) {
            return commands.eval(script.text(), type, keys, arguments);
        }
    }

    /** Runs {@code script} once for each call, all on their way at once; answers in order. */
    List<Long> runAll(RedisScript script, List<Call> calls) {
        StatefulRedisConnection<String, String> open = connected();
        open.sync().scriptLoad(script.text());
        List<RedisFuture<Long>> futures = new ArrayList<>(calls.size());
        for (Call call : calls) {
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
            return futures.stream()
                    .map(future -> future.toCompletableFuture().join())
                    .toList();
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

    /** Throws when the server does not answer. */
    void ping() {
        connected().sync().ping();
    }

    private StatefulRedisConnection<String, String> connected() {
        StatefulRedisConnection<String, String> open = connection;
        return open != null ? open : connect();
    }

    private StatefulRedisConnection<String, String> connect() {
        connecting.lock();
        try {
            StatefulRedisConnection<String, String> open = connection;
            if (open == null) {
                open = client.connect();
                open.setTimeout(timeout);
                connection = open;
            }
            return open;
        } finally {
            connecting.unlock();
        }
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
