package dev.weir.simulcast.internal.rtp;

/**
 * How much should a publisher send, judged by what is lost on the way? As the loss part of Google's congestion control
 * does it (draft-ietf-rmcat-gcc-02 §6): below 2 % a little more, above 10 % less by half of the loss. Not thread-safe.
 */
public final class BitrateAdvice {

    private static final long START = 2_500_000;
    private static final long MOST = 6_000_000;
    private static final long LEAST = 200_000;
    private static final double FEW = 0.02;
    private static final double MANY = 0.10;
    private static final double GROWTH = 1.08;

    private long bitsPerSecond = START;

    /** The advice now, in bits a second. */
    public long bitsPerSecond() {
        return bitsPerSecond;
    }

    /** Takes in what one second brought: packets that should have come, and those that did not at first. */
    public void second(long expected, long lost) {
        if (expected <= 0) {
            return;
        }
        double loss = Math.clamp((double) lost / expected, 0, 1);
        double factor = loss > MANY ? 1 - loss / 2 : loss < FEW ? GROWTH : 1;
        bitsPerSecond = Math.clamp((long) (bitsPerSecond * factor), LEAST, MOST);
    }
}
