package dev.weir.shopify.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far has a bulk operation's result been read?
 *
 * @param operation its global id
 * @param offset bytes of the result that are behind the reader; always the start of a line
 */
record BulkCursor(String operation, long offset) {
    private static final Pattern FORM = Pattern.compile("bulk:([0-9]{1,19}):([0-9]{1,15})");

    /** What {@link #toString} wrote. */
    static BulkCursor of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new ChannelException(
                    Fault.REJECTED, "cursor: " + text + " (expected: one that a reading of this shop handed out)");
        }
        return new BulkCursor(
                Gid.of("BulkOperation", matcher.group(1), Fault.REJECTED), Long.parseLong(matcher.group(2)));
    }

    BulkCursor at(long behind) {
        return new BulkCursor(operation, behind);
    }

    @Override
    public String toString() {
        return "bulk:" + Gid.number(operation) + ":" + offset;
    }
}
