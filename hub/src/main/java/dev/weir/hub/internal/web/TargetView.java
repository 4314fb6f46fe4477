package dev.weir.hub.internal.web;

import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.simulcast.Misfit;
import dev.weir.simulcast.TargetEvent;
import dev.weir.simulcast.TargetFit;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.TargetStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What does a page show of a target? As {@link TargetStatus}, with misfits in words and what becomes of them. */
record TargetView(
        String id,
        String name,
        @Nullable String channel,
        String url,
        TargetState state,
        Instant since,
        TargetFit fit,
        long bytes,
        long kbps,
        long queueMillis,
        long drops,
        int reconnects,
        @Nullable String lastError,
        @Nullable Instant nextRetryAt,
        List<String> misfits,
        List<TargetEvent> history) {

    static List<TargetView> all(ShowStreams streams, UUID showId) {
        return streams.targets(showId).stream()
                .map(status -> of(status, streams.fit(showId, status.id())))
                .toList();
    }

    static TargetView one(ShowStreams streams, UUID showId, UUID id) {
        return all(streams, showId).stream()
                .filter(view -> view.id().equals(id.toString()))
                .findFirst()
                .orElseThrow(() -> new NotFound("targetId", id.toString()));
    }

    private static TargetView of(TargetStatus status, TargetFit fit) {
        return new TargetView(
                status.id(),
                status.name(),
                status.channel(),
                status.url(),
                status.state(),
                status.since(),
                fit,
                status.bytes(),
                status.kbps(),
                status.queueMillis(),
                status.droppedUnits(),
                status.reconnects(),
                status.lastError(),
                status.nextRetryAt(),
                status.misfits().stream().map(Misfit::words).toList(),
                status.history());
    }
}
