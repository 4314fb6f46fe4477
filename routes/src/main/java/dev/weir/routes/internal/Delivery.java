package dev.weir.routes.internal;

import dev.weir.connectors.RawWebhook;
import java.time.Instant;
import java.util.UUID;

/** Which stored delivery is handled? {@code attempts}: how often that failed before. */
record Delivery(
        UUID id, UUID connectionId, String brand, String channel, RawWebhook raw, int attempts, Instant receivedAt) {}
