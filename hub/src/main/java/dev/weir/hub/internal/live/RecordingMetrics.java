package dev.weir.hub.internal.live;

import dev.weir.simulcast.WaitingRecording;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Does the store of recordings keep up? How much of what has ended is still on the local disk alone. Thread-safe. */
final class RecordingMetrics {
    private final ShowRecordings recordings;
    private final Clock clock;

    RecordingMetrics(ShowRecordings recordings, Clock clock) {
        this.recordings = recordings;
        this.clock = clock;
    }

    void register(MeterRegistry registry) {
        Gauge.builder("weir.recordings.waiting", this, self -> self.waiting().size())
                .description("Ended recordings that the store does not have yet")
                .strongReference(true)
                .register(registry);
        Gauge.builder("weir.recordings.waiting.bytes", this, RecordingMetrics::bytes)
                .description("Their size")
                .strongReference(true)
                .register(registry);
        Gauge.builder("weir.recordings.waiting.seconds", this, RecordingMetrics::seconds)
                .description("How long ago the oldest of them ended")
                .strongReference(true)
                .register(registry);
    }

    private List<WaitingRecording> waiting() {
        return recordings.waiting();
    }

    private double bytes() {
        return waiting().stream().mapToLong(WaitingRecording::bytes).sum();
    }

    private double seconds() {
        return waiting().stream()
                .findFirst()
                .map(oldest ->
                        Duration.between(oldest.endedAt(), clock.instant()).toSeconds())
                .orElse(0L);
    }
}
