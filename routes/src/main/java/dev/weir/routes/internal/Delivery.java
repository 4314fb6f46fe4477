package dev.weir.routes.internal;

import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Traces;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which stored delivery is handled? {@code attempts}: how often that failed before. */
record Delivery(
        UUID id, UUID connectionId, String brand, String channel, RawWebhook raw, int attempts, Instant receivedAt) {
    /** Where its trace is; null when it came without one. */
    @Nullable
    String trace() {
        return raw.header(Traces.HEADER);
    }
}
