package dev.weir.simulcast;

/**
 * Where on its picture is a live?
 *
 * <p>Grows with every frame and through gaps, whatever the clocks of hosts and hub do. What is stored with it keeps its
 * place in the recording of that epoch.
 *
 * @param epoch which of the show's lives, from 0: one lasts from its first frame until it ends
 * @param millis media time since that epoch's first frame, at least 0
 */
public record MediaTime(int epoch, long millis) {

    /** Checks the ranges. */
    public MediaTime {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch: %d (expected: 0..)".formatted(epoch));
        }
        if (millis < 0) {
            throw new IllegalArgumentException("millis: %d (expected: 0..)".formatted(millis));
        }
    }
}
