package dev.weir.simulcast;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How are all lives of a hub run?
 *
 * @param targets how patient targets are
 * @param hostGap how long a live goes on without its host, above 0; 30 s is usual
 * @param recording where lives are recorded; null for not at all
 */
public record LiveStreamsConfig(
        TargetPolicy targets, Duration hostGap, @Nullable RecordingConfig recording) {

    /** Checks the ranges. */
    public LiveStreamsConfig {
        if (hostGap.isNegative() || hostGap.isZero()) {
            throw new IllegalArgumentException("hostGap: %s (expected: above 0)".formatted(hostGap));
        }
    }

    /** The usual patience, and no recordings. */
    public static LiveStreamsConfig standard() {
        return new LiveStreamsConfig(TargetPolicy.standard(), Duration.ofSeconds(30), null);
    }

    /** The same with other targets. */
    public LiveStreamsConfig withTargets(TargetPolicy policy) {
        return new LiveStreamsConfig(policy, hostGap, recording);
    }

    /** The same with another gap. */
    public LiveStreamsConfig withHostGap(Duration gap) {
        return new LiveStreamsConfig(targets, gap, recording);
    }

    /** The same with recordings. */
    public LiveStreamsConfig withRecording(RecordingConfig config) {
        return new LiveStreamsConfig(targets, hostGap, config);
    }
}
