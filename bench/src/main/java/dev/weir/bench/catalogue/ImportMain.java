package dev.weir.bench.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bench.rig.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A hub that brings in Shopify's catalogue, to be killed; prints its heap after each collection, as {@code heap MB most MB}. */
final class ImportMain {
    private static final Duration OFTEN = Duration.ofMillis(500);

    private ImportMain() {}

    /** {@code database=URL kafka=ADDRESS facts=FILE}. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args, "database", "kafka", "facts");
        var facts =
                new ObjectMapper().readTree(Path.of(options.text("facts", "")).toFile());
        HeapLog heap = new HeapLog();
        ShopHub hub = new ShopHub(
                options.text("database", ""),
                options.text("kafka", ""),
                List.of(ShopHub.shop("shopify", facts, Map.of("backend", "true"))),
                UnaryOperator.identity());
        hub.start();
        while (true) {
            System.out.println("heap " + heap.lastMegabytes() + " most " + heap.mostMegabytes());
            Thread.sleep(OFTEN);
        }
    }
}
