package dev.weir.connectors.mapping;

/**
 * Which field of what a map wrote is not as its shape wants it?
 *
 * @param field from the shape's name on, such as {@code order.lines[0].quantity}
 * @param value as JSON, at most {@value #MOST} characters of it; {@code missing} where there is none
 * @param expected in words
 */
public record MapFault(String field, String value, String expected) {
    private static final int MOST = 120;

    /** Cuts a long value. */
    public MapFault {
        if (value.length() > MOST) {
            value = value.substring(0, MOST) + "…";
        }
    }

    /** The house's form of a refusal. */
    @Override
    public String toString() {
        return field + ": " + value + " (expected: " + expected + ")";
    }
}
