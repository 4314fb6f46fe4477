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
import java.util.List;

/**
 * How long until a sale at one sandbox shop is visible at all four? The anchor of the same run is one look at all four
 * shops, the resolution of the measurement.
 *
 * <p>Usage: {@code Propagation [demo.json] [sales]}; sells that many units, at most 20 of one SKU.
 */
public final class Propagation {
    private static final List<String> SHOPS = List.of("shopify", "magento", "tiktok-shop", "instagram");
    private static final List<String> SOURCES = List.of("tiktok-shop", "shopify");
    private static final List<String> SKUS = List.of("PLATE-SAGE", "PLATE-CLAY", "PLATE-INK");
    private static final long GIVE_UP_NANOS = 10_000_000_000L;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String sandbox;

    private Propagation(JsonNode demo) {
        sandbox = demo.path("sandboxUrl").asText();
    }

    /** Sells, watches and prints the figures. */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        Path facts = Path.of(args.length > 0 ? args[0] : "data/demo.json");
        int sales = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        Propagation bench = new Propagation(new ObjectMapper().readTree(facts.toFile()));
        out.printf(
                "%s, %d cores, Java %s; %d sales one after the other, client on the same machine%n",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                sales);
        long[] looks = new long[sales];
        long[] spread = new long[sales];
        long began = System.nanoTime();
        for (int i = 0; i < sales; i++) {
            String sku = SKUS.get(i % SKUS.size());
            long from = System.nanoTime();
            int before = bench.highest(sku);
            looks[i] = System.nanoTime() - from;
            spread[i] = bench.sell(SOURCES.get(i % SOURCES.size()), sku, before - 1);
        }
        long wall = System.nanoTime() - began;
        out.println(new Figures("anchor: one look at four shops", looks, wall).line());
        out.println(new Figures("sale visible at all four shops", spread, wall).line());
    }

    private long sell(String shop, String sku, int expected) throws IOException, InterruptedException {
        long from = System.nanoTime();
        HttpRequest sale = HttpRequest.newBuilder(URI.create(sandbox + "/sandbox/" + shop + "/orders"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"sku\":\"" + sku + "\",\"quantity\":1}"))
                .build();
        int status = client.send(sale, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 201) {
            throw new IOException("Sale of " + sku + " at " + shop + " answered " + status + " (expected: 201)");
        }
        while (highest(sku) > expected) {
            if (System.nanoTime() - from > GIVE_UP_NANOS) {
                throw new IOException(sku + " is not down to " + expected + " everywhere after 10 s");
            }
        }
        return System.nanoTime() - from;
    }

    private int highest(String sku) throws IOException, InterruptedException {
        int highest = 0;
        for (String shop : SHOPS) {
            HttpRequest look = HttpRequest.newBuilder(URI.create(sandbox + "/sandbox/" + shop + "/stock"))
                    .build();
            String levels =
                    client.send(look, HttpResponse.BodyHandlers.ofString()).body();
            highest = Math.max(highest, json.readTree(levels).path(sku).asInt());
        }
        return highest;
    }
}
