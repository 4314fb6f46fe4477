package dev.weir.simulcast;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where are lives recorded, and for how long are recordings kept?
 *
 * @param dir folder of all recordings, made when absent
 * @param keep how long after its end a recording is deleted, above 0
 * @param minFreeBytes a recording does not begin, and one that runs stops, with less free space than this, 0..
 * @param bucket where recordings go when they have ended; null for nowhere else
 */
public record RecordingConfig(
        Path dir,
        Duration keep,
        long minFreeBytes,
        @Nullable BucketConfig bucket) {

    /** Checks the ranges. */
    public RecordingConfig {
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("keep: %s (expected: above 0)".formatted(keep));
        }
        if (minFreeBytes < 0) {
            throw new IllegalArgumentException("minFreeBytes: %d (expected: 0..)".formatted(minFreeBytes));
        }
    }

    /** Recordings that stay in their folder. */
    public RecordingConfig(Path dir, Duration keep, long minFreeBytes) {
        this(dir, keep, minFreeBytes, null);
    }

    /** The same with a bucket. */
    public RecordingConfig withBucket(BucketConfig other) {
        return new RecordingConfig(dir, keep, minFreeBytes, other);
    }
}
