package dev.weir.bench;

import dev.weir.bench.rig.Load;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.bench.whep.Crowd;
import dev.weir.bench.whep.CrowdReport;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * How many viewers over WebRTC does a server hold, and for how much of the machine? Viewers of ours join, receive,
 * open, and answer every packet; they run on the same machine and are charged apart. The anchor is Janus 1.1.2, loaded
 * by the same viewers with the same clip: run it with {@code server=janus}.
 *
 * <p>Usage: {@code WhepLoad [server=weir|janus|URL] [pid=N] [viewers=50,100,300] [seconds=20] [decrypt=all|N] [srtp=gcm|cm]
 * [kilobits=3000] [rate=20] [threads=2] [loops=2] [helpers=1]}. Of several numbers of viewers each is
 * measured, growing; {@code loops} and {@code helpers} are threads of Janus, here those that serve
 * it best on two cores; its own defaults are 0 and lose packets from 75 viewers on.
 */
public final class WhepLoad {
    private static final long SETTLE_SECONDS = 4;

    private WhepLoad() {}

    /** Loads and prints the figures. */
    public static void main(String[] args) throws Exception {
        var options = new Options(
                args,
                "server",
                "pid",
                "viewers",
                "seconds",
                "decrypt",
                "srtp",
                "kilobits",
                "rate",
                "threads",
                "loops",
                "helpers");
        PrintStream out = System.out;
        int decrypting = options.text("decrypt", "all").equals("all")
                ? Integer.MAX_VALUE
                : options.number("decrypt", Integer.MAX_VALUE);
        boolean gcm = options.text("srtp", "gcm").equals("gcm");
        out.println(Machine.describe() + "; viewers on the same machine");
        try (WhepServer server = WhepServer.of(options);
                var crowd = new Crowd(server.signalling(), options.number("threads", 2), decrypting, gcm)) {
            // The first one pays for what this process does for the first time.
            crowd.growTo(1, 1);
            crowd.awaitPlaying(15_000);
            for (int count : options.numbers("viewers", "300")) {
                crowd.growTo(count, options.number("rate", 20));
                crowd.awaitPlaying(15_000);
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                measure(out, server, crowd, options.number("seconds", 20), decrypting);
            }
        }
        System.exit(0);
    }

    private static void measure(PrintStream out, WhepServer server, Crowd crowd, int seconds, int decrypting)
            throws InterruptedException {
        crowd.beginWindow();
        Load before = Load.now(server.pid());
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        Load after = Load.now(server.pid());
        var report = new CrowdReport(crowd.window(), (System.nanoTime() - began) / 1e9);
        int opened = Math.min(decrypting, report.viewers().size());
        out.printf("%n%s: %s%n", server.name(), report.traffic());
        out.printf(
                "  %s, every packet opened by %d, headers only by %d%n",
                crowd.cipher(), opened, report.viewers().size() - opened);
        out.println("  " + report.losses());
        out.println("  " + report.gaps());
        out.println("  " + report.joins());
        out.println("  server   " + after.server(before));
        out.println("  viewers  " + after.client(before));
        out.println("  machine  " + after.machine(before));
        out.println("  " + (report.clean() ? "served without loss" : "NOT served without loss") + " " + report.failure()
                + " " + crowd.refusals());
    }
}
