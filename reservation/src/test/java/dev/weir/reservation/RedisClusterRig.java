package dev.weir.reservation;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three masters that share the slots, and a replica of the first one. */
final class RedisClusterRig implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<RedisProcess> nodes = new ArrayList<>();

    RedisClusterRig(Path program) throws IOException {
        for (int i = 0; i <= MASTERS; i++) {
            nodes.add(RedisProcess.start(
                    program,
                    "--cluster-enabled",
                    "yes",
                    "--cluster-node-timeout",
                    "1000",
                    "--cluster-replica-validity-factor",
                    "0"));
        }
        for (int i = 0; i < MASTERS; i++) {
            RedisCommands<String, String> master = commands(i);
            master.clusterSetConfigEpoch(i + 1);
            master.clusterAddSlots(
                    IntStream.range(0, SlotHash.SLOT_COUNT).filter(slotOf(i)).toArray());
        }
        for (int i = 1; i <= MASTERS; i++) {
            commands(0).clusterMeet("127.0.0.1", nodes.get(i).port);
        }
        await().atMost(SOON)
                .until(() -> nodes.stream()
                        .allMatch(node -> node.commands().clusterInfo().contains("cluster_known_nodes:4")));
        commands(MASTERS).clusterReplicate(commands(0).clusterMyId());
        await().atMost(SOON)
                .until(() -> nodes.stream()
                        .allMatch(node -> node.commands().clusterInfo().contains("cluster_state:ok")));
        await().atMost(SOON).until(() -> replica().info("replication").contains("master_link_status:up"));
    }

    private static IntPredicate slotOf(int master) {
        return slot -> slot * MASTERS / SlotHash.SLOT_COUNT == master;
    }

    RedisAddress address() {
        return RedisAddress.parse("redis+cluster://"
                + nodes.stream().map(node -> "127.0.0.1:" + node.port).collect(Collectors.joining(",")));
    }

    private RedisCommands<String, String> commands(int node) {
        return nodes.get(node).commands();
    }

    private RedisCommands<String, String> replica() {
        return commands(MASTERS);
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
