package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How many points may the app still spend? A leaky bucket as a Plus shop has it: 20,000, restored at 1,000 a second; as a standard
 * shop has it, 2,000 and 100, behind a switch.
 */
final class CostBucket {
    private static final double PLUS = 20_000;
    private static final double STANDARD = 2_000;
    private static final double SECONDS = 20;

    private final Clock clock;
    private double available = PLUS;
    private Instant at;

    private final ShopQuirk.Switches quirks;

    CostBucket(Clock clock, ShopQuirk.Switches quirks) {
        this.quirks = quirks;
        this.clock = clock;
        at = clock.instant();
    }

    /** Takes {@code points}; false when there are too few. */
    synchronized boolean take(double points) {
        Instant now = clock.instant();
        available = Math.min(maximum(), available + Duration.between(at, now).toNanos() / 1e9 * restore());
        at = now;
        if (available < points) {
            return false;
        }
        available -= points;
        return true;
    }

    /** The {@code extensions.cost} of an answer; {@code actual} is null for a call that was throttled. */
    synchronized ObjectNode told(double requested, boolean throttled) {
        ObjectNode extensions = SandboxStore.document();
        ObjectNode cost = extensions.putObject("cost").put("requestedQueryCost", requested);
        if (throttled) {
            cost.putNull("actualQueryCost");
        } else {
            cost.put("actualQueryCost", requested);
        }
        cost.putObject("throttleStatus")
                .put("maximumAvailable", maximum())
                .put("currentlyAvailable", Math.floor(available))
                .put("restoreRate", restore());
        return extensions;
    }

    private double maximum() {
        return quirks.isOn(ShopQuirk.STANDARD_PLAN) ? STANDARD : PLUS;
    }

    /** Every plan's bucket is full after 20 s. */
    private double restore() {
        return maximum() / SECONDS;
    }
}
