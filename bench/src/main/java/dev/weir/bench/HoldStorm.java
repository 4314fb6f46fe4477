package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bench.hold.PlainServer;
import dev.weir.bench.hold.Storm;
import dev.weir.bench.hold.Wire;
import dev.weir.bench.hold.Wires;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * How many holds a second does a running demo grant over HTTP, how fast does it say sold out, and how long does a tap wait at
 * half of that? The anchor of the same run is a server that does nothing, asked by the same client as often a second: what the
 * machine and the asking alone take.
 *
 * <p>{@code shops=off} lets the demo's shops go first: the sandbox stands in for servers that are elsewhere, and would share
 * the hub's processors. They do not come back; start the demo with {@code --fresh} afterwards. Buyers who watch have a connection each
 * before the drop: at most {@code connections} ask at once, and who waits for one of them has that counted.
 *
 * <p>Usage: {@code HoldStorm [demo=data/demo.json] [buyers=32] [seconds=10] [warm=20] [connections=256] [shops=on|off]};
 * {@code rate=N} measures grants at that rate and nothing else.
 */
public final class HoldStorm {
    private static final List<String> PLENTY = List.of("PLATE-SAGE", "PLATE-CLAY", "PLATE-INK", "MUG-CLAY", "MUG-INK");
    private static final String SCARCE = "LAMP-SAGE";

    /** Of each pace, at that pace: another is another number of connections and threads. */
    private static final int WARM_SECONDS = 5;

    private final ObjectMapper json = new ObjectMapper();
    private final int connections;
    private final Wires wires;
    private final String showId;
    private final String operator;

    private HoldStorm(JsonNode demo, int connections) {
        this.connections = connections;
        wires = new Wires(URI.create(demo.path("baseUrl").asText()), connections);
        showId = demo.path("showId").asText();
        operator = demo.path("apiKeys").path("operator").asText();
    }

    /** Runs the storm and prints its figures. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args, "demo", "buyers", "seconds", "warm", "shops", "connections", "rate");
        HoldStorm storm = new HoldStorm(
                new ObjectMapper()
                        .readTree(
                                Path.of(options.text("demo", "data/demo.json")).toFile()),
                options.number("connections", 256));
        boolean shops = !options.text("shops", "on").equals("off");
        if (!shops) {
            storm.letShopsGo();
        }
        int buyers = options.number("buyers", 32);
        System.out.printf(
                "%s; %d buyers at once and the hub on this machine, shops %s%n",
                Machine.describe(), buyers, shops ? "too" : "gone");
        Storm.run("warm-up", buyers, options.number("warm", 20), storm::holdAndRelease);
        int seconds = options.number("seconds", 10);
        int rate = options.number("rate", 0);
        if (rate > 0) {
            paced(System.out, "grant, at the rate asked for", rate, seconds, storm::grant);
        } else {
            storm.measure(System.out, buyers, seconds);
        }
        System.exit(0);
    }

    private void measure(PrintStream out, int buyers, int seconds) throws Exception {
        Storm.Result granted = Storm.run("hold and release, at the most", buyers, seconds, this::holdAndRelease);
        out.println(granted.line());
        paced(out, "grant, at half of that", granted.perSecond() / 2, seconds, this::grant);
        sellOut();
        Storm.run("warm-up", buyers, 10, this::late);
        Storm.Result soldOut = Storm.run("sold out, at the most", buyers, seconds, this::late);
        out.println(soldOut.line());
        paced(out, "sold out, at half of that", soldOut.perSecond() / 2, seconds, this::late);
        anchor(out, seconds, granted.perSecond() / 2);
        anchor(out, seconds, soldOut.perSecond() / 2);
        out.println("expected at half: p99 of a grant 25 ms or less, of sold out 5 ms or less");
    }

    private static void paced(PrintStream out, String name, double perSecond, int seconds, Storm.Go go)
            throws Exception {
        Storm.paced("warm-up", perSecond, WARM_SECONDS, go);
        out.println(Storm.paced(name, perSecond, seconds, go).line());
    }

    private void anchor(PrintStream out, int seconds, double perSecond) throws Exception {
        try (PlainServer server = new PlainServer()) {
            Wires plain = new Wires(server.base(), connections);
            Storm.Go ask = (who, round) -> expect(204, plain.ask(wire -> wire.ask("POST", "/api/holds", "", "{}")));
            paced(out, "anchor: a server that does nothing, as often", perSecond, seconds, ask);
        }
    }

    /** The hold and its release, so that stock lasts; both are durable writes. */
    private void holdAndRelease(int who, int round) throws IOException {
        Wire.Answer held = hold(plenty(who + round), 1);
        expect(201, held);
        release(held);
    }

    /** The hold alone; its release is not waited for. */
    private void grant(int who, int round) throws IOException {
        Wire.Answer held = hold(plenty(who), 1);
        expect(201, held);
        Thread.ofVirtual().start(() -> {
            try {
                release(held);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String plenty(int turn) {
        return PLENTY.get(turn % PLENTY.size());
    }

    private void late(int who, int round) throws IOException {
        expect(409, hold(SCARCE, 1));
    }

    private void release(Wire.Answer held) throws IOException {
        String id = json.readTree(held.body()).path("id").asText();
        expect(204, wires.ask(wire -> wire.ask("DELETE", "/api/holds/" + id, "", "")));
    }

    private void sellOut() throws IOException {
        for (int quantity = 10; quantity > 0; ) {
            if (hold(SCARCE, quantity).status() != 201) {
                quantity /= 2;
            }
        }
    }

    private Wire.Answer hold(String sku, int quantity) throws IOException {
        String body =
                "{\"showId\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}".formatted(showId, sku, quantity);
        return wires.ask(wire -> wire.ask("POST", "/api/holds", "", body));
    }

    private void letShopsGo() throws IOException {
        String key = "Authorization: Bearer " + operator + "\r\n";
        for (JsonNode shop : json.readTree(wires.ask(wire -> wire.ask("GET", "/api/connections", key, ""))
                        .body())
                .path("items")) {
            String path = "/api/connections/" + shop.path("id").asText();
            expect(204, wires.ask(wire -> wire.ask("DELETE", path, key, "")));
        }
    }

    private static void expect(int status, Wire.Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException(
                    "status: " + answer.status() + " (expected: " + status + ") with " + answer.body());
        }
    }
}
