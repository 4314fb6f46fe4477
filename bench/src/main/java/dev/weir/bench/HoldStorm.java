package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * How many holds a second does a running demo grant, and how fast does it say sold out? The anchor of the same run is the
 * cheapest call of the same server under the same load, so what is left is the price of the promise.
 *
 * <p>Usage: {@code HoldStorm [demo.json] [buyers] [taps per buyer]}.
 */
public final class HoldStorm {
    private static final int WARM_UP = 300;
    private static final int PACED_SECONDS = 10;

    private final HttpClient client = HttpClient.newBuilder()
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final String showId;

    private HoldStorm(JsonNode demo) {
        base = URI.create(demo.path("baseUrl").asText());
        showId = demo.path("showId").asText();
    }

    @FunctionalInterface
    private interface Tap {
        int run() throws IOException, InterruptedException;
    }

    /** Runs the storm and prints its figures. */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        Path facts = Path.of(args.length > 0 ? args[0] : "data/demo.json");
        int buyers = args.length > 1 ? Integer.parseInt(args[1]) : 32;
        int taps = args.length > 2 ? Integer.parseInt(args[2]) : 60;
        HoldStorm storm = new HoldStorm(new ObjectMapper().readTree(facts.toFile()));
        out.printf(
                "%s, %d cores, Java %s; %d buyers at once, %d taps each, client on the same machine%n",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                buyers,
                taps);
        storm.run("warm-up", 8, WARM_UP / 8, storm::holdAndRelease);
        out.println(storm.run("anchor: GET /actuator/health", buyers, taps, storm::health)
                .line());
        Figures granted = storm.run("hold and release, at the most", buyers, taps, storm::holdAndRelease);
        out.println(granted.line());
        out.println(storm.paced("grant, at half of that", granted.perSecond() / 2, storm::grant)
                .line());
        storm.sellOut();
        Tap late = () -> storm.hold("LAMP-SAGE", 1).statusCode();
        Figures soldOut = storm.run("sold out, at the most", buyers, taps, late);
        out.println(soldOut.line());
        out.println(storm.paced("sold out, at half of that", soldOut.perSecond() / 2, late)
                .line());
    }

    /** Taps come when they are due, however slow the answers are, and each waits from when it was due. */
    private Figures paced(String name, double perSecond, Tap tap) throws ExecutionException, InterruptedException {
        int count = (int) (perSecond * PACED_SECONDS);
        long[] latencies = new long[count];
        long began = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int index = i;
                long due = began + (long) (i * 1e9 / perSecond);
                LockSupport.parkNanos(due - System.nanoTime());
                all.add(threads.submit(() -> {
                    tap.run();
                    latencies[index] = System.nanoTime() - due;
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return new Figures(name, latencies, System.nanoTime() - began);
    }

    /** The hold alone; its release is not waited for. */
    private int grant() throws IOException, InterruptedException {
        HttpResponse<String> held = hold("PLATE-SAGE", 1);
        if (held.statusCode() == 201) {
            String id = json.readTree(held.body()).path("id").asText();
            client.sendAsync(
                    HttpRequest.newBuilder(base.resolve("/api/holds/" + id))
                            .DELETE()
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        return held.statusCode();
    }

    private Figures run(String name, int buyers, int taps, Tap tap) throws ExecutionException, InterruptedException {
        long[] latencies = new long[buyers * taps];
        AtomicInteger next = new AtomicInteger();
        long began = System.nanoTime();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?>[] runs = IntStream.range(0, buyers)
                    .mapToObj(buyer -> all.submit(() -> {
                        for (int i = 0; i < taps; i++) {
                            long from = System.nanoTime();
                            tap.run();
                            latencies[next.getAndIncrement()] = System.nanoTime() - from;
                        }
                        return null;
                    }))
                    .toArray(Future<?>[]::new);
            for (Future<?> run : runs) {
                run.get();
            }
        }
        return new Figures(name, latencies, System.nanoTime() - began);
    }

    private int health() throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(base.resolve("/actuator/health")).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** One tap is the hold and its release, so that stock lasts; both are durable writes. */
    private int holdAndRelease() throws IOException, InterruptedException {
        HttpResponse<String> held = hold("PLATE-SAGE", 1);
        String id = json.readTree(held.body()).path("id").asText();
        if (held.statusCode() == 201) {
            client.send(
                    HttpRequest.newBuilder(base.resolve("/api/holds/" + id))
                            .DELETE()
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        return held.statusCode();
    }

    private void sellOut() throws IOException, InterruptedException {
        for (int quantity = 10; quantity > 0; ) {
            if (hold("LAMP-SAGE", quantity).statusCode() != 201) {
                quantity /= 2;
            }
        }
    }

    private HttpResponse<String> hold(String sku, int quantity) throws IOException, InterruptedException {
        String body =
                "{\"showId\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}".formatted(showId, sku, quantity);
        return client.send(
                HttpRequest.newBuilder(base.resolve("/api/holds"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
