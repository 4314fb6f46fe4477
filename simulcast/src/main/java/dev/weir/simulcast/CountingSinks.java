package dev.weir.simulcast;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What would a platform have received? A stand-in for its ingest that counts per stream key and keeps nothing.
 *
 * <p>Thread-safe.
 */
public final class CountingSinks {

    private static final int MAX_KEYS = 1000;

    /**
     * What came for one key, over all its publishers.
     *
     * @param connected true while one is publishing
     * @param sessions publishers so far
     * @param bytes payload bytes
     * @param units frames of both tracks
     * @param keyFrames pictures that decoding can start at
     * @param lastUnitAt null before the first frame
     */
    public record Count(
            boolean connected,
            int sessions,
            long bytes,
            long units,
            long keyFrames,
            @Nullable Instant lastUnitAt) {}

    private static final Count NOTHING = new Count(false, 0, 0, 0, 0, null);

    private final InstantSource clock;
    private final Map<String, Count> counts = new TreeMap<>();
    private final Map<String, StreamSink> current = new TreeMap<>();

    /** Nothing counted yet. */
    public CountingSinks(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A place for a publisher with that key.
     *
     * @throws IllegalArgumentException when more than 1000 keys were seen
     */
    public synchronized StreamSink open(String key) {
        if (counts.size() >= MAX_KEYS && !counts.containsKey(key)) {
            throw new IllegalArgumentException("keys: over %d (expected: 0..%d)".formatted(MAX_KEYS, MAX_KEYS));
        }
        Count before = count(key);
        counts.put(
                key,
                new Count(
                        true,
                        before.sessions() + 1,
                        before.bytes(),
                        before.units(),
                        before.keyFrames(),
                        before.lastUnitAt()));
        StreamSink sink = new Counter(key);
        current.put(key, sink);
        return sink;
    }

    /** What came for that key. */
    public synchronized Count count(String key) {
        return counts.getOrDefault(key, NOTHING);
    }

    /** What came for every key seen. */
    public synchronized Map<String, Count> counts() {
        return Map.copyOf(counts);
    }

    private final class Counter implements StreamSink {

        private final String key;

        Counter(String key) {
            this.key = key;
        }

        @Override
        public void headers(StreamHeaders headers) {
            // Only frames are counted.
        }

        @Override
        public void unit(MediaUnit unit) {
            synchronized (CountingSinks.this) {
                counts.computeIfPresent(
                        key,
                        (name, count) -> new Count(
                                count.connected(),
                                count.sessions(),
                                count.bytes() + unit.size(),
                                count.units() + 1,
                                count.keyFrames() + (unit.startsGop() ? 1 : 0),
                                clock.instant()));
            }
        }

        @Override
        public void closed(String reason) {
            synchronized (CountingSinks.this) {
                if (equals(current.get(key))) {
                    counts.computeIfPresent(
                            key,
                            (name, count) -> new Count(
                                    false,
                                    count.sessions(),
                                    count.bytes(),
                                    count.units(),
                                    count.keyFrames(),
                                    count.lastUnitAt()));
                }
            }
        }
    }
}
