package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bench.hold.Storm;
import dev.weir.bench.intake.InboxAnchor;
import dev.weir.bench.intake.Platform;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How many signed deliveries a second does a running demo accept over HTTP, and how long does one wait at half of that? The anchor is
 * pgbench on the demo's own PostgreSQL, with the same INSERT and a commit for each, before and after: what is left is the price of
 * HTTP, the signature, and everything else that the hub does meanwhile.
 *
 * <p>Usage: {@code IntakeSpeed [demo=data/demo.json] [senders=64] [clients=24] [seconds=10] [warm=20]}.
 */
public final class IntakeSpeed {
    private static final int WARM_SECONDS = 5;

    private IntakeSpeed() {}

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "demo", "senders", "clients", "seconds", "warm");
        Path facts = Path.of(options.text("demo", "data/demo.json"));
        JsonNode demo = new ObjectMapper().readTree(facts.toFile());
        Platform platform = new Platform(demo.path("connections").path("shopify"));
        int senders = options.number("senders", 64);
        int clients = options.number("clients", 24);
        int seconds = options.number("seconds", 10);
        PrintStream out = System.out;
        out.printf("%s; %d senders, pgbench and the demo on this machine%n", Machine.describe(), senders);
        try (InboxAnchor anchor = InboxAnchor.of(facts)) {
            Storm.run("warm-up", senders, options.number("warm", 20), (who, round) -> platform.deliver());
            anchor.awaitHandled(120);
            double before = anchor.pgbench(clients, seconds);
            Storm.Result accepted =
                    Storm.run("accepted, at the most", senders, seconds, (who, round) -> platform.deliver());
            long behind = anchor.awaitHandled(120);
            double after = anchor.pgbench(clients, seconds);
            out.printf(Locale.ROOT, "pgbench, the same INSERT and commit: %,.0f and %,.0f /s%n", before, after);
            out.println(accepted.line());
            out.printf(Locale.ROOT, "  of them still to be handled when the last was accepted: %,d%n", behind);
            // Another pace is another number of connections and threads.
            Storm.paced("warm-up", accepted.perSecond() / 2, WARM_SECONDS, (who, round) -> platform.deliver());
            Storm.Result half = Storm.paced(
                    "accepted, at half of that", accepted.perSecond() / 2, seconds, (who, round) -> platform.deliver());
            out.println(half.line());
            out.printf(
                    Locale.ROOT,
                    "accepted: %.0f %% of pgbench (expected: 50 or more); p99 at half: %.1f ms (expected: 100 or less)%n",
                    200 * accepted.perSecond() / (before + after),
                    half.p99Micros() / 1000.0);
        }
        System.exit(0);
    }
}
