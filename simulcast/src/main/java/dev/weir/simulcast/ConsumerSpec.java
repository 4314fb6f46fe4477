package dev.weir.simulcast;

/**
 * How much may one consumer fall behind before it loses pictures?
 *
 * @param name for logs and counters
 * @param maxMillis media time that may wait, above 0; 3000 is usual
 * @param maxBytes payload that may wait, above 0
 */
public record ConsumerSpec(String name, int maxMillis, long maxBytes) {

    /** Checks the ranges. */
    public ConsumerSpec {
        if (maxMillis < 1) {
            throw new IllegalArgumentException("maxMillis: %d (expected: 1..)".formatted(maxMillis));
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: %d (expected: 1..)".formatted(maxBytes));
        }
    }

    /** 3 s or 8 MiB, whichever is reached first. */
    public static ConsumerSpec named(String name) {
        return new ConsumerSpec(name, 3000, 8L * 1024 * 1024);
    }
}
