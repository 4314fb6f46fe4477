package dev.weir.simulcast.internal.targets;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast has a counter grown over the last five seconds? Not thread-safe. */
final class ByteRate {

    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final int MAX_SAMPLES = 64;

    private record Sample(long bytes, long nanoTime) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    void sample(long bytes, long nanoTime) {
        samples.addLast(new Sample(bytes, nanoTime));
        while (samples.size() > MAX_SAMPLES
                || (samples.size() > 2 && nanoTime - samples.getFirst().nanoTime() > WINDOW_NANOS)) {
            samples.removeFirst();
        }
    }

    /** 1000 bits a second; 0 before the second sample. */
    long kbps() {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = Math.max(1, last.nanoTime() - first.nanoTime()) / 1e9;
        return Math.round((last.bytes() - first.bytes()) * 8 / seconds / 1000);
    }
}
