package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.bench.spread.Shelves;
import dev.weir.bench.spread.Spread;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * How long until a sale at one of the demo's sandbox shops is at the other three, while many are sold a second? Half are sold at TikTok
 * Shop, half at Shopify; what Magento sells it does not tell, it is asked. The anchor of the same run is one look at all four shops, the
 * resolution of the measurement.
 *
 * <p>Usage: {@code Propagation [demo=data/demo.json] [rate=50] [seconds=20] [warm=120] [warmRate=10]}; a fresh demo has some 600
 * units, one that is started with {@code WEIR_DEMO_SHELVES=10} in its environment ten times as many. First it sells {@code warmRate} a second
 * for the seconds of {@code warm}, so that the hub is measured as one that has been running.
 */
public final class Propagation {
    private Propagation() {}

    /** Sells, watches and prints the figures. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "demo", "rate", "seconds", "warm", "warmRate");
        JsonNode demo = new ObjectMapper()
                .readTree(Path.of(options.text("demo", "data/demo.json")).toFile());
        int rate = options.number("rate", 50);
        PrintStream out = System.out;
        out.printf("%s; %d sales a second, shoppers and the demo on this machine%n", Machine.describe(), rate);
        var shelves = new Shelves(URI.create(demo.path("sandboxUrl").asText()));
        Spread.of(shelves, options.number("warmRate", 10), options.number("warm", 120));
        Spread.Seen seen = Spread.of(shelves, rate, options.number("seconds", 20));
        out.println(new Figures("anchor: one look at four shops", seen.looks(), seen.wallNanos()).line());
        seen.took()
                .forEach((shop, took) ->
                        out.println(new Figures("a sale elsewhere is at " + shop, took, seen.wallNanos()).line()));
        out.println("expected: p95 1,000 ms or less, p99 2,000 ms or less");
        System.exit(0);
    }
}
