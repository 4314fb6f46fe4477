package dev.weir.bench;

import dev.weir.bench.hold.HoldRig;
import dev.weir.bench.hold.RawCeilings;
import dev.weir.bench.hold.Storm;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.connectors.Sku;
import dev.weir.reservation.HoldOutcome;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * How many decisions and how many durable grants a second does the reservation layer make on one hot SKU, and how much of
 * the machine's ceilings is that? The ceilings are measured in the same run: its script sent by a plain client, and one
 * transaction a hold, over JDBC and by pgbench.
 *
 * <p>Usage: {@code HoldSpeed [buyers=64] [seconds=5] [skus=1] [clients=24]}.
 */
public final class HoldSpeed {
    private static final int PLENTY = 1_000_000_000;

    private HoldSpeed() {}

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "buyers", "seconds", "skus", "clients");
        int buyers = options.number("buyers", 64);
        int seconds = options.number("seconds", 5);
        PrintStream out = System.out;
        out.printf("%s; %d buyers at once, all on this machine%n", Machine.describe(), buyers);
        try (HoldRig rig = HoldRig.start()) {
            var raw = new RawCeilings(rig);
            List<Sku> gone = rig.stock("gone", options.number("skus", 1), 0);
            List<Sku> plenty = rig.stock("plenty", options.number("skus", 1), PLENTY);
            Storm.run("warm-up", buyers, 3, (who, round) -> hold(rig, gone, who, round));
            Storm.run("warm-up", buyers, 3, (who, round) -> hold(rig, plenty, who, round));
            Storm.Result ceiling = raw.evalsha(gone.getFirst(), buyers, seconds);
            Storm.Result soldOut =
                    Storm.run("decisions: sold out", buyers, seconds, (who, round) -> hold(rig, gone, who, round));
            out.println(ceiling.line());
            out.println(soldOut.line());
            Storm.Result each = raw.transactionEach(plenty.getFirst(), options.number("clients", 24), seconds);
            Storm.Result granted =
                    Storm.run("durable grants", buyers, seconds, (who, round) -> hold(rig, plenty, who, round));
            out.println(each.line());
            out.println("pgbench, the same: " + raw.pgbench(plenty.getFirst(), options.number("clients", 24), seconds));
            out.println(granted.line());
            out.printf(
                    Locale.ROOT,
                    "decisions: %.0f %% of the raw script (expected: 60 or more); grants: %.1f times one transaction a hold"
                            + " (expected: 8 or more)%n",
                    100 * soldOut.perSecond() / ceiling.perSecond(),
                    granted.perSecond() / each.perSecond());
        }
        System.exit(0);
    }

    private static void hold(HoldRig rig, List<Sku> skus, int who, int round) {
        Sku sku = skus.get((who + round) % skus.size());
        HoldOutcome outcome =
                rig.module().reservations().hold(rig.tap(who + "/" + round + "/" + System.nanoTime(), sku));
        switch (outcome) {
            case HoldOutcome.Granted _, HoldOutcome.SoldOut _ -> {}
            case HoldOutcome.UnknownSku _,
                    HoldOutcome.KeyReused _,
                    HoldOutcome.Unavailable _,
                    HoldOutcome.OverCap _,
                    HoldOutcome.BuyerNeeded _ ->
                throw new IllegalStateException("hold: " + outcome + " (expected: granted or sold out)");
        }
    }
}
