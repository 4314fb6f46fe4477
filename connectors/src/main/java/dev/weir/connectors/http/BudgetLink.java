package dev.weir.connectors.http;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is Redis there, and what does it say? A command that has no answer within 250 ms makes it count as away: everyone is refused at
 * once, while a thread connects anew each second until it answers again. Thread-safe.
 */
final class BudgetLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetLink.class);
    private static final Duration TIMEOUT = Duration.ofMillis(250);
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final AbstractRedisClient client;
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Open open;

    private record Open(StatefulConnection<String, String> connection, RedisClusterCommands<String, String> sync) {}

    /** Connects, but is content when nobody is there. */
    BudgetLink(BudgetRedis redis) {
        client = client(redis);
        try {
            connect();
        } catch (RedisException e) {
            lost(e);
        }
    }

    boolean isThere() {
        return open != null;
    }

    /** Runs the script; throws {@link RedisException} when Redis is away or refuses. */
    List<Object> run(BudgetScript script, List<String> keys, List<String> arguments) {
        Open now = open;
        if (now == null) {
            throw new RedisException("away");
        }
        try {
            return eval(now.sync(), script, keys.toArray(String[]::new), arguments.toArray(String[]::new));
        } catch (RedisException e) {
            lost(e);
            throw e;
        }
    }

    private static List<Object> eval(
            RedisClusterCommands<String, String> commands, BudgetScript script, String[] keys, String[] arguments) {
        try {
            return commands.evalsha(script.sha(), ScriptOutputType.MULTI, keys, arguments);
        } catch (RedisNoScriptException e) {
            return commands.eval(script.text(), ScriptOutputType.MULTI, keys, arguments);
        }
    }

    private void lost(RedisException e) {
        if (closed || !trying.compareAndSet(false, true)) {
            return;
        }
        LOG.warn(
                "Redis is away ({}): each connection spends this hub's fair share of its budget",
                e.getClass().getSimpleName());
        Open last = open;
        open = null;
        Thread.ofVirtual().name("budget-redis").start(() -> comeBack(last));
    }

    private void comeBack(@Nullable Open last) {
        if (last != null) {
            last.connection().closeAsync();
        }
        while (!closed && Waits.REAL.sleep(BETWEEN_TRIES)) {
            try {
                connect();
                LOG.info("Redis is back: budgets are shared again");
                break;
            } catch (RedisException | IllegalStateException e) {
                // The latter when it is closed in the middle of an attempt.
                LOG.debug("Redis is still away: {}", e.getClass().getSimpleName());
            }
        }
        trying.set(false);
    }

    private void connect() {
        Open made = switch (client) {
            case RedisClusterClient cluster -> {
                StatefulRedisClusterConnection<String, String> connection = cluster.connect();
                yield new Open(connection, connection.sync());
            }
            case RedisClient single -> {
                StatefulRedisConnection<String, String> connection = single.connect();
                yield new Open(connection, connection.sync());
            }
            default -> throw new IllegalStateException("client: " + client.getClass());
        };
        made.connection().setTimeout(TIMEOUT);
        open = made;
    }

    private static AbstractRedisClient client(BudgetRedis redis) {
        List<RedisURI> seeds = redis.seeds().stream()
                .map(seed -> RedisURI.builder(seed).withTimeout(CONNECT_TIMEOUT).build())
                .toList();
        if (redis.cluster()) {
            RedisClusterClient client = RedisClusterClient.create(seeds);
            client.setOptions((ClusterClientOptions)
                    common(ClusterClientOptions.builder(), redis).build());
            return client;
        }
        RedisClient client = RedisClient.create(seeds.getFirst());
        client.setOptions(common(ClientOptions.builder(), redis).build());
        return client;
    }

    private static ClientOptions.Builder common(ClientOptions.Builder options, BudgetRedis redis) {
        options.autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build());
        if (redis.authority() != null) {
            options.sslOptions(SslOptions.builder()
                    .jdkSslProvider()
                    .trustManager(redis.authority().toFile())
                    .build());
        }
        return options;
    }

    @Override
    public void close() {
        closed = true;
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
