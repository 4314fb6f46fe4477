package dev.weir.simulcast.internal.hls;

/**
 * Times AAC frames by counting samples, because RTMP's milliseconds are too coarse to join them without clicks, and
 * follows the host's clock slowly when the two drift apart.
 */
final class AudioClock {

    private static final int FRAME = 1024;
    private static final int SLEW = 16;

    private final int sampleRate;
    private long next = Long.MIN_VALUE;

    AudioClock(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    long frameMillis() {
        return FRAME * 1000L / sampleRate;
    }

    Sample sample(long dtsMillis, byte[] payload) {
        long wanted = dtsMillis * sampleRate / 1000;
        long drift = next == Long.MIN_VALUE ? 0 : wanted - next;
        if (next == Long.MIN_VALUE || Math.abs(drift) > sampleRate / 4) {
            next = wanted;
            drift = 0;
        }
        int duration = Math.abs(drift) > sampleRate / 25 ? FRAME + (drift > 0 ? SLEW : -SLEW) : FRAME;
        var sample = new Sample(next, duration, 0, true, payload);
        next += duration;
        return sample;
    }
}
