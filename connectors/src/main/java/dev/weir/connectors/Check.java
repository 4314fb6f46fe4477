package dev.weir.connectors;

import java.util.function.Supplier;

/** Would this connection work now? A value, not an exception. {@code detail} says what was seen, without secrets. */
public record Check(boolean ok, String detail) {
    /** What {@code look} saw, or in its own words why it could not: what a channel refuses is no exception here. */
    public static Check of(Supplier<Check> look) {
        try {
            return look.get();
        } catch (ChannelException e) {
            return new Check(false, String.valueOf(e.getMessage()));
        }
    }
}
