package dev.weir.hub.internal.web;

import dev.weir.hub.internal.live.ShowRecordings;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.simulcast.WaitingRecording;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the bucket lags behind: recordings that ended and are still on this machine's disk alone. */
@RestController
class RecordingLagApi {
    private final Shows shows;
    private final ShowRecordings recordings;

    RecordingLagApi(Shows shows, ShowRecordings recordings) {
        this.shows = shows;
        this.recordings = recordings;
    }

    /**
     * The caller's brand's.
     *
     * @param since when the oldest of them ended; null when none waits
     * @param failures tries in vain so far, of all of them
     * @param lastError what the bucket answered, of the oldest that has failed; null when none has
     */
    record Lag(
            int count,
            long bytes,
            @Nullable Instant since,
            int failures,
            @Nullable String lastError) {}

    @GetMapping("/api/recordings/waiting")
    Lag waiting() {
        String brand = Callers.current().brand();
        List<WaitingRecording> waiting = recordings.waiting().stream()
                .filter(one -> shows.find(one.showId())
                        .map(Show::brand)
                        .filter(brand::equals)
                        .isPresent())
                .toList();
        return new Lag(
                waiting.size(),
                waiting.stream().mapToLong(WaitingRecording::bytes).sum(),
                waiting.isEmpty() ? null : waiting.getFirst().endedAt(),
                waiting.stream().mapToInt(WaitingRecording::failures).sum(),
                waiting.stream()
                        .map(WaitingRecording::error)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}
