package dev.weir.simulcast.internal.rtp;

/** Carries 32-bit RTP times of one source on over their wraps. Not thread-safe. */
final class RtpClock {

    private final int rate;
    private boolean started;
    private long last;

    RtpClock(int rate) {
        this.rate = rate;
    }

    /** The time meant, in milliseconds with their fraction; the next ones are taken to be near it. */
    double advance(int timestamp) {
        last = near(timestamp);
        started = true;
        return millis(last);
    }

    /** The time meant, without moving on. */
    double at(int timestamp) {
        return millis(near(timestamp));
    }

    boolean isStarted() {
        return started;
    }

    private long near(int timestamp) {
        return started ? last + (timestamp - (int) last) : Integer.toUnsignedLong(timestamp);
    }

    private double millis(long ticks) {
        return ticks * 1000.0 / rate;
    }
}
