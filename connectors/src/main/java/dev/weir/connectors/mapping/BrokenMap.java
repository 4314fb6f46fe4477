package dev.weir.connectors.mapping;

import org.jspecify.annotations.Nullable;

/** Why can a text not be a map or a table? {@link #getMessage()} says where, what and what was expected. */
public final class BrokenMap extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    BrokenMap(int line, int column, String said, String expected, @Nullable Throwable cause) {
        super(
                "source: " + (line > 0 ? "line " + line + ", column " + column + ": " : "") + said + " (expected: "
                        + expected + ")",
                cause);
        this.line = line;
        this.column = column;
    }

    /** From 1; 0 when the place is not known. */
    public int line() {
        return line;
    }

    /** From 1; 0 when the place is not known. */
    public int column() {
        return column;
    }
}
