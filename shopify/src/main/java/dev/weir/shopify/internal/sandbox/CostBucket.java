package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How many points may the app still spend? A leaky bucket as a Plus shop has it: 20,000, restored at 1,000 a second. */
final class CostBucket {
    private static final double MAXIMUM = 20_000;
    private static final double RESTORE = 1_000;

    private final Clock clock;
    private double available = MAXIMUM;
    private Instant at;

    CostBucket(Clock clock) {
        this.clock = clock;
        at = clock.instant();
    }

    /** Takes {@code points}; false when there are too few. */
    synchronized boolean take(double points) {
        Instant now = clock.instant();
        available = Math.min(MAXIMUM, available + Duration.between(at, now).toNanos() / 1e9 * RESTORE);
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
                .put("maximumAvailable", MAXIMUM)
                .put("currentlyAvailable", Math.floor(available))
                .put("restoreRate", RESTORE);
        return extensions;
    }
}
