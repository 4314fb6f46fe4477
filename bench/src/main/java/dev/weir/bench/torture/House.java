package dev.weir.bench.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.bench.rig.Broker;
import dev.weir.bench.rig.Child;
import dev.weir.bench.rig.Ports;
import dev.weir.bench.rig.PostgresServer;
import dev.weir.bench.rig.RedisPair;
import dev.weir.connectors.sandbox.SandboxStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Everything that can be killed, each a process, with shops that are connected and a show on air. Fresh each time. */
final class House implements AutoCloseable {
    private final Path folder;
    private final PostgresServer postgres;
    private final RedisPair redis;
    private final int kafkaPort = Ports.free();
    private final StandIns standIns = new StandIns(Clock.systemUTC()).start();
    private final Map<String, URI> webhooks = new HashMap<>();
    private final HubProcess hub;
    private Child kafka;

    private House(Path folder, boolean spool) throws IOException, InterruptedException {
        this.folder = folder;
        postgres = PostgresServer.start(folder);
        redis = RedisPair.start(folder);
        kafka = Broker.child(folder.resolve("kafka"), kafkaPort, folder.resolve("kafka.log"));
        standIns.seed(StandIns.sellers());
        standIns.numberOn();
        hub = new HubProcess(folder, postgres.port(), redis.port(), kafkaPort, spool);
    }

    /** Starts it all; the shops know of every SKU when it returns. */
    static House open(Path folder, boolean spool) throws IOException, InterruptedException, SQLException {
        Files.createDirectories(folder.resolve("kafka"));
        House house = new House(folder, spool);
        house.hub.awaitReady();
        for (String channel : StandIns.CHANNELS) {
            house.connect(channel);
        }
        house.goLive();
        return house;
    }

    private void connect(String channel) throws IOException, InterruptedException, SQLException {
        ObjectNode body = SandboxStore.document().put("channel", channel).put("name", channel);
        Map<String, String> settings =
                new LinkedHashMap<>(standIns.platform(channel).settings(standIns.url(channel)));
        if (channel.equals(StandIns.SHOPIFY)) {
            settings.put("backend", "true");
        }
        // As an app has it that asked for more: what is measured here is not a platform's patience.
        settings.computeIfPresent("readsPerSecond", (name, value) -> "500");
        ObjectNode entered = body.putObject("settings");
        settings.forEach(entered::put);
        String id = hub.post("/api/connections", "operator", body).path("id").asText();
        webhooks.put(channel, hub.webhooks(channel, id));
        Standing.await(this, "the catalogue of " + channel, Standing.TOLD);
    }

    private void goLive() throws IOException, InterruptedException {
        ObjectNode show = SandboxStore.document()
                .put("title", "Torture")
                .put("slug", "torture")
                .put("host", "Nobody");
        String id = hub.post("/api/shows", "producer", show).path("id").asText();
        hub.post("/api/shows/" + id + "/start", "producer", SandboxStore.document());
        // Magento's times are whole seconds: a sale in the one that the show starts in would be before it.
        Thread.sleep(1_000);
    }

    /** With patience: the machine is busy, and what is asked goes through every row. */
    Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres?connectTimeout=20&socketTimeout=600",
                "postgres",
                "");
    }

    StandIns standIns() {
        return standIns;
    }

    HubProcess hub() {
        return hub;
    }

    PostgresServer postgres() {
        return postgres;
    }

    RedisPair redis() {
        return redis;
    }

    URI webhooks(String channel) {
        return Objects.requireNonNull(webhooks.get(channel), channel);
    }

    void killKafka() throws InterruptedException {
        kafka.kill();
        kafka.close();
    }

    void startKafka() throws IOException {
        kafka = Broker.child(folder.resolve("kafka"), kafkaPort, folder.resolve("kafka.log"));
    }

    @Override
    public void close() throws IOException {
        hub.close();
        standIns.close();
        kafka.close();
        redis.close();
        postgres.close();
    }

    /** Removes what a pass left. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
