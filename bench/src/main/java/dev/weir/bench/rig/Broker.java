package dev.weir.bench.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka node in this process, or, by {@link #child}, in one of its own that can be killed and started again on its folder. */
public final class Broker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    /** Starts it at {@code port}; {@code folder} is formatted when it is empty. */
    public Broker(Path folder, int port) throws Exception {
        this.port = port;
        if (!Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            format(folder);
        }
        server = new KafkaRaftServer(new KafkaConfig(config(folder, Ports.free())), Time.SYSTEM);
        server.startup();
    }

    /** {@code folder port}: runs until it is killed. */
    public static void main(String[] args) throws Exception {
        new Broker(Path.of(args[0]), Integer.parseInt(args[1])).server.awaitShutdown();
    }

    /** The node as a process; what it prints goes to {@code log}. */
    public static Child child(Path folder, int port, Path log) throws IOException {
        return Child.java(
                "kafka",
                log,
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                Broker.class,
                List.of(folder.toString(), Integer.toString(port)));
    }

    /** Where clients find it. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    private static void format(Path folder) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .run();
    }

    private Map<String, String> config(Path folder, int controller) {
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", "1");
        config.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        config.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        config.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        config.put("controller.listener.names", "CONTROLLER");
        config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("log.dirs", folder.toString());
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("auto.create.topics.enable", "false");
        config.put("log.cleaner.enable", "false");
        // After a kill the node waits for its own former session to end before it may register again.
        config.put("broker.session.timeout.ms", "3000");
        config.put("broker.heartbeat.interval.ms", "500");
        return config;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
