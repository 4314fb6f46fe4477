package dev.weir.reservation;

/** How many units may one ask for? */
final class Bounds {
    static final int MOST_UNITS = 1_000_000;

    private Bounds() {}

    static int units(String name, int value, int least) {
        if (value < least || value > MOST_UNITS) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + MOST_UNITS + ")");
        }
        return value;
    }
}
