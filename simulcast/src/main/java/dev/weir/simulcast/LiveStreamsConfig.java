package dev.weir.simulcast;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How are all lives of a hub run?
 *
 * @param targets how patient targets are
 * @param hostGap how long a live goes on without its host, above 0; 30 s is usual
 * @param freeze how long the picture may stop while the sound goes on, or the other way round, before the last picture
 *     or silence takes its place; above 0; 3 s is usual
 * @param slate what is shown while the host is away; null for its last picture
 * @param recording where lives are recorded; null for not at all
 */
public record LiveStreamsConfig(
        TargetPolicy targets,
        Duration hostGap,
        Duration freeze,
        @Nullable SlateImage slate,
        @Nullable RecordingConfig recording) {

    /** Checks the ranges. */
    public LiveStreamsConfig {
        checkAboveZero("hostGap", hostGap);
        checkAboveZero("freeze", freeze);
    }

    private static void checkAboveZero(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s: %s (expected: above 0)".formatted(name, value));
        }
    }

    /** The usual patience, and no recordings. */
    public static LiveStreamsConfig standard() {
        return new LiveStreamsConfig(
                TargetPolicy.standard(), Duration.ofSeconds(30), Duration.ofSeconds(3), null, null);
    }

    /** The same with other targets. */
    public LiveStreamsConfig withTargets(TargetPolicy policy) {
        return new LiveStreamsConfig(policy, hostGap, freeze, slate, recording);
    }

    /** The same with another gap. */
    public LiveStreamsConfig withHostGap(Duration gap) {
        return new LiveStreamsConfig(targets, gap, freeze, slate, recording);
    }

    /** The same with another patience towards a track that has stopped. */
    public LiveStreamsConfig withFreeze(Duration patience) {
        return new LiveStreamsConfig(targets, hostGap, patience, slate, recording);
    }

    /** The same with an image for the gap. */
    public LiveStreamsConfig withSlate(SlateImage image) {
        return new LiveStreamsConfig(targets, hostGap, freeze, image, recording);
    }

    /** The same with recordings. */
    public LiveStreamsConfig withRecording(RecordingConfig config) {
        return new LiveStreamsConfig(targets, hostGap, freeze, slate, config);
    }
}
