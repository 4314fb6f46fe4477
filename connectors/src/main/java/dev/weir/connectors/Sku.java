package dev.weir.connectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Which sellable thing is it? The brand's own code, the same in every shop; 1 to 64 printable ASCII characters without
 * blanks.
 */
public record Sku(@JsonValue String value) implements Comparable<Sku> {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,64}");

    /** Refuses anything that is not a code, naming the value. */
    @JsonCreator
    public Sku {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("sku: " + value + " (expected: 1..64 printable characters, no blanks)");
        }
    }

    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
