package dev.weir.hub.internal.live;

import dev.weir.simulcast.LiveStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which streams have just ended? A player that polls a playlist has to find its end there, not a 404. Kept for a minute, at
 * most 16 at a time, because each holds its last segments in memory. Thread-safe.
 */
final class EndedStreams {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 16;

    private record Ended(LiveStream stream, Instant at) {}

    private final InstantSource clock;
    private final Map<UUID, Ended> streams = new LinkedHashMap<>();

    EndedStreams(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void keep(UUID showId, LiveStream stream) {
        streams.put(showId, new Ended(stream, clock.instant()));
        if (streams.size() > MOST) {
            streams.remove(streams.keySet().iterator().next());
        }
        forgetOld();
    }

    synchronized Optional<LiveStream> find(UUID showId) {
        forgetOld();
        return Optional.ofNullable(streams.get(showId)).map(Ended::stream);
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(KEPT);
        streams.values().removeIf(ended -> ended.at().isBefore(oldest));
    }
}
