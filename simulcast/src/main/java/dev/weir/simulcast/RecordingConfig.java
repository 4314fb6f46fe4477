package dev.weir.simulcast;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where are lives recorded, and for how long are recordings kept?
 *
 * @param dir folder of all recordings, made when absent
 * @param keep how long after its end a recording is deleted, above 0
 * @param minFreeBytes a recording does not begin, and one that runs stops, with less free space than this, 0..
 */
public record RecordingConfig(Path dir, Duration keep, long minFreeBytes) {

    /** Checks the ranges. */
    public RecordingConfig {
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("keep: %s (expected: above 0)".formatted(keep));
        }
        if (minFreeBytes < 0) {
            throw new IllegalArgumentException("minFreeBytes: %d (expected: 0..)".formatted(minFreeBytes));
        }
    }
}
