package dev.weir.bench;

import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.bench.torture.TortureRun;
import dev.weir.bench.torture.TortureSettings;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Is every delivery that was answered 2xx reflected exactly once, whatever is killed meanwhile? The same webhooks of Shopify, TikTok
 * Shop, BigCommerce and Instagram, and sales at a Magento that is asked, twice in a fresh house: once each, in order, in peace; then
 * each 1 to 10 times, shuffled, some before their platform shows what they speak of, while the hub is killed with -9, PostgreSQL killed
 * and started again, Kafka stopped and Redis flushed. Both end states are the same to the byte, or the first differences are printed.
 *
 * <p>Usage: {@code Torture [webhooks=20000] [seed=1] [kills=5] [kafkaDown=60] [postgres=1] [postgresDown=5] [flushes=2] [spool=on|off]
 * [senders=32]}: seconds, and how often. Ends with status 1 when a promise was broken.
 */
public final class Torture {
    private Torture() {}

    /** Runs both passes and prints the verdict. */
    public static void main(String[] args) throws Exception {
        var options = new Options(
                args,
                "webhooks",
                "seed",
                "kills",
                "kafkaDown",
                "postgres",
                "postgresDown",
                "flushes",
                "spool",
                "senders");
        PrintStream out = System.out;
        out.printf(
                "%s; hub, PostgreSQL, Redis, Kafka, platforms and senders all on this machine%n", Machine.describe());
        TortureRun.Verdict verdict = TortureRun.run(new TortureSettings(
                options.number("webhooks", 20_000),
                options.number("seed", 1),
                options.number("kills", 5),
                options.number("flushes", 2),
                options.number("postgres", 1),
                Duration.ofSeconds(options.number("postgresDown", 5)),
                Duration.ofSeconds(options.number("kafkaDown", 60)),
                options.text("spool", "on").equals("on"),
                options.number("senders", 32)));
        verdict.lines().forEach(out::println);
        verdict.broken().forEach(broken -> out.println("BROKEN " + broken));
        System.exit(verdict.good() ? 0 : 1);
    }
}
