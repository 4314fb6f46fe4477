package dev.weir.reservation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How well does a channel sell a SKU now, and how much of that came from units of its own?
 *
 * @param channel null for holds that were paid: the show's own player, and whoever else asks first
 * @param ofItsOwn units of its allocation that it sold within {@link #LONG}, 0 or more; 0 for holds
 * @param sold all units that it sold within {@link #LONG}, 0 or more
 * @param lately units of {@code sold} within {@link #SHORT}: what the rebalancer goes by
 */
public record ChannelSales(@Nullable String channel, int ofItsOwn, int sold, int lately) {
    /** How far back sales are added up: a show and its aftermath. */
    public static final Duration LONG = Duration.ofHours(24);

    /** How far back a sale says something about the next minutes. */
    public static final Duration SHORT = Duration.ofMinutes(5);

    /** Units a minute, over {@link #SHORT}. */
    public double perMinute() {
        return (double) lately / SHORT.toMinutes();
    }
}
