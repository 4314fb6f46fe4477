package dev.weir.simulcast.internal.whep;

/** How often may one viewer ask for something? A few at once, then so many a second. Not thread-safe. */
final class Bucket {

    private static final double NANOS_A_SECOND = 1e9;

    private final double capacity;
    private final double perSecond;
    private double tokens;
    private long lastNanos = System.nanoTime();

    Bucket(double capacity, double perSecond) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.tokens = capacity;
    }

    /** Takes one, if there is one. */
    boolean take() {
        long now = System.nanoTime();
        tokens = Math.min(capacity, tokens + (now - lastNanos) / NANOS_A_SECOND * perSecond);
        lastNanos = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
