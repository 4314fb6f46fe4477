package dev.weir.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link MediaRig} or a {@link SinkMain} as its parent sees it: a child process with ports. */
public final class Rig implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Child child;
    private final JsonNode ports;

    private Rig(Child child, JsonNode ports) {
        this.child = child;
        this.ports = ports;
    }

    /** Starts one and waits until it is ready, at most 30 s. */
    public static Rig start(String... options) throws IOException, InterruptedException {
        return start("rig", MediaRig.class, options);
    }

    /** Starts receivers that count. */
    public static Rig sinks() throws IOException, InterruptedException {
        return start("sinks", SinkMain.class);
    }

    private static Rig start(String name, Class<?> main, String... options) throws IOException, InterruptedException {
        Path log = Files.createTempFile(Clip.folder(), name, ".log");
        Child child = Child.java(name, log, List.of("-XX:+UseParallelGC", "-Xmx1g"), main, List.of(options));
        return new Rig(child, ready(child));
    }

    static JsonNode ready(Child child) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            for (String line : child.printed().split("\n")) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    return JSON.readTree(line);
                }
            }
            if (!child.isAlive() || System.nanoTime() > until) {
                child.close();
                throw new IOException("child: not ready within 30 s: " + child.printed());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Its process id. */
    public long pid() {
        return child.pid();
    }

    /** Where a live of that name is published. */
    public String rtmp(String live) {
        return "rtmp://127.0.0.1:%d/live/%s".formatted(ports.path("rtmp").asInt(), live);
    }

    /** Something of its HTTP. */
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + ports.path("http").asInt() + path);
    }

    /** The port it was given for that. */
    public int port(String name) {
        return ports.path(name).asInt();
    }

    /** What has passed through it. */
    public JsonNode figures() throws IOException, InterruptedException {
        return JSON.readTree(Http.get(http("/figures")));
    }

    /** The same, and what it holds after a full collection. */
    public JsonNode collected() throws IOException, InterruptedException {
        return JSON.readTree(Http.get(http("/figures?collected")));
    }

    /** Kills it at once, as a power cut would. */
    public void kill() throws InterruptedException {
        child.kill();
    }

    @Override
    public void close() {
        child.close();
    }
}
