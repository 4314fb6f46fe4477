package dev.weir.simulcast;

import java.time.Duration;

/**
 * How are all lives of a hub run?
 *
 * @param targets how patient targets are
 * @param hostGap how long a live goes on without its host, above 0; 30 s is usual
 */
public record LiveStreamsConfig(TargetPolicy targets, Duration hostGap) {

    /** Checks the ranges. */
    public LiveStreamsConfig {
        if (hostGap.isNegative() || hostGap.isZero()) {
            throw new IllegalArgumentException("hostGap: %s (expected: above 0)".formatted(hostGap));
        }
    }

    /** The usual patience. */
    public static LiveStreamsConfig standard() {
        return new LiveStreamsConfig(TargetPolicy.standard(), Duration.ofSeconds(30));
    }

    /** The same with other targets. */
    public LiveStreamsConfig withTargets(TargetPolicy policy) {
        return new LiveStreamsConfig(policy, hostGap);
    }

    /** The same with another gap. */
    public LiveStreamsConfig withHostGap(Duration gap) {
        return new LiveStreamsConfig(targets, gap);
    }
}
