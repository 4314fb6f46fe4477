package dev.weir.connectors;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Would this connection work now? A value, not an exception.
 *
 * @param detail what was seen, without secrets
 * @param unproven the setting that signs deliveries where the platform gave no way to prove it: only a genuine delivery can. Null
 *     when nothing is left to prove, or it is not {@code ok}
 */
public record Check(boolean ok, String detail, @Nullable String unproven) {
    /** With nothing left to prove. */
    public Check(boolean ok, String detail) {
        this(ok, detail, null);
    }

    /** All that was asked works, but nothing could be asked of the secret in {@code setting}. */
    public static Check unproven(String detail, String setting) {
        return new Check(true, detail, setting);
    }

    /** What {@code look} saw, or in its own words why it could not: what a channel refuses is no exception here. */
    public static Check of(Supplier<Check> look) {
        try {
            return look.get();
        } catch (ChannelException e) {
            return new Check(false, String.valueOf(e.getMessage()));
        }
    }

    /** What was seen, and in fixed words what is left to prove. */
    public String words() {
        return unproven == null ? detail : detail + "; " + unproven + ": unproven until the first genuine delivery";
    }
}
