package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/**
 * How many batch calls may a catalogue make in a minute? Meta's formula is 8 + 8 × log2(product views of 28 days); the
 * stand-in is a large brand's catalogue, with room for a show. Answers tell the share used, in percent. Thread-safe.
 */
final class CallBudget {
    static final int CALLS_PER_MINUTE = 600;

    private final Clock clock;
    private long minute;
    private int calls;

    CallBudget(Clock clock) {
        this.clock = clock;
    }

    /** Counts one call; refuses it when the minute's allowance is spent. */
    synchronized void spend() {
        roll();
        calls++;
        if (calls > CALLS_PER_MINUTE) {
            throw new GraphError(
                    80014, "OAuthException", "(#80014) There have been too many batch calls for this catalog");
        }
    }

    /** The value of {@code X-Business-Use-Case-Usage}: an object of arrays, waits in minutes. */
    synchronized String usage(String catalogue) {
        roll();
        int percent = calls * 100 / CALLS_PER_MINUTE;
        ObjectNode usage = SandboxStore.document();
        usage.putArray(catalogue)
                .addObject()
                .put("type", "catalog_batch")
                .put("call_count", percent)
                .put("total_cputime", percent / 4)
                .put("total_time", percent / 4)
                .put("estimated_time_to_regain_access", calls > CALLS_PER_MINUTE ? 1 : 0);
        return usage.toString();
    }

    private void roll() {
        long now = clock.instant().getEpochSecond() / 60;
        if (now != minute) {
            minute = now;
            calls = 0;
        }
    }
}
