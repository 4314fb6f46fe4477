package dev.weir.reservation.internal;

import dev.weir.reservation.RedisAddress;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Over which connection does a command find its server? With one server over the only one; with a cluster to the node that has
 * the key's slot, following a slot that moves ({@code MOVED}, {@code ASK}) up to 3 times. Thread-safe.
 */
sealed interface RedisRoute {
    Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    int MOST_QUEUED = 16_384;

    /** What an open connection is asked with. */
    record Open(RedisClusterCommands<String, String> sync, RedisClusterAsyncCommands<String, String> async) {}

    /** Of the shape that {@code address} says; connects to nothing yet. */
    static RedisRoute to(RedisAddress address) {
        List<RedisURI> seeds = address.seeds().stream()
                .map(seed -> RedisURI.builder(seed).withTimeout(CONNECT_TIMEOUT).build())
                .toList();
        return address.cluster() ? Cluster.through(seeds, address) : OneServer.at(seeds.getFirst(), address);
    }

    /** Connects, and gives commands {@code timeout} to be answered. */
    Open open(Duration timeout);

    /** Throws when nobody is there. */
    void check(Open open);

    /** What is lost together with {@code key} when its server is: the same word for every key that lies there. */
    String place(String key);

    /** Sets up what both have in common: a command that has no connection fails at once instead of waiting for one. */
    private static void common(ClientOptions.Builder options, RedisAddress address) {
        options.autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_QUEUED)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build());
        Path authority = address.authority();
        if (authority != null) {
            options.sslOptions(SslOptions.builder()
                    .jdkSslProvider()
                    .handshakeTimeout(CONNECT_TIMEOUT)
                    .trustManager(authority.toFile())
                    .build());
        }
    }

    /** Lets all connections go. */
    AbstractRedisClient client();

    /** One server, or the one that sentinels name. */
    record OneServer(RedisClient client) implements RedisRoute {
        private static OneServer at(RedisURI uri, RedisAddress address) {
            RedisClient client = RedisClient.create(uri);
            ClientOptions.Builder options = ClientOptions.builder();
            common(options, address);
            client.setOptions(options.build());
            return new OneServer(client);
        }

        @Override
        public Open open(Duration timeout) {
            StatefulRedisConnection<String, String> connection = client.connect();
            connection.setTimeout(timeout);
            return new Open(connection.sync(), connection.async());
        }

        @Override
        public void check(Open open) {
            open.sync().ping();
        }

        @Override
        public String place(String key) {
            return "";
        }
    }

    /** A cluster: which node has which slots is asked again when a node says so, is gone, or after 10 s. */
    record Cluster(RedisClusterClient client) implements RedisRoute {
        private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
        /** However many commands are sent on at once, the nodes are asked at most this often. */
        private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

        private static final int MOST_REDIRECTS = 3;

        private static Cluster through(List<RedisURI> seeds, RedisAddress address) {
            RedisClusterClient client = RedisClusterClient.create(seeds);
            ClusterClientOptions.Builder options = ClusterClientOptions.builder();
            common(options, address);
            client.setOptions(options.maxRedirects(MOST_REDIRECTS)
                    .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                            .enablePeriodicRefresh(LOOK_AGAIN)
                            .enableAllAdaptiveRefreshTriggers()
                            .adaptiveRefreshTriggersTimeout(AT_MOST_EVERY)
                            .refreshTriggersReconnectAttempts(1)
                            .build())
                    .build());
            return new Cluster(client);
        }

        @Override
        public Open open(Duration timeout) {
            StatefulRedisClusterConnection<String, String> connection = client.connect();
            connection.setTimeout(timeout);
            return new Open(connection.sync(), connection.async());
        }

        /** Nothing: one node's answer says nothing of the others, each pool's own question does. */
        @Override
        public void check(Open open) {}

        @Override
        public String place(String key) {
            RedisClusterNode node = client.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
            return node == null ? "no node" : node.getNodeId();
        }
    }
}
