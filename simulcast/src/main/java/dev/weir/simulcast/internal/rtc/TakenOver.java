package dev.weir.simulcast.internal.rtc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which sessions ended because another took their place? Remembered for ten minutes, longer than a phone is without
 * network when its owner goes on from another device; the newest 1024. Thread-safe.
 */
final class TakenOver {

    private static final long KEPT_NANOS = 600_000_000_000L;
    private static final int MOST = 1024;

    private final LongSupplier nanos;
    private final Map<String, Long> since = new LinkedHashMap<>();

    TakenOver(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void add(String sessionId) {
        long now = nanos.getAsLong();
        since.putIfAbsent(sessionId, now);
        since.values().removeIf(at -> now - at > KEPT_NANOS);
        if (since.size() > MOST) {
            since.remove(since.keySet().iterator().next());
        }
    }

    synchronized boolean contains(String sessionId) {
        Long at = since.get(sessionId);
        return at != null && nanos.getAsLong() - at <= KEPT_NANOS;
    }
}
