package dev.weir.reservation;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who earned the sale?
 *
 * @param channel where the buyer stood: {@code PLAYER}, or a channel's name such as {@code tiktok-shop}
 * @param showId null when no show earned it
 * @param pinSku what was pinned at the tap, or null
 * @param mediaTimeMillis position on the show's own timeline, or null when not known
 * @param replay whether the buyer watched a replay
 * @param campaign UTM and other campaign parameters
 * @param rule the versioned rule that decided, such as {@code hold/1} or {@code live-window/1}
 */
public record Attribution(
        String channel,
        @Nullable UUID showId,
        @Nullable String host,
        @Nullable String pinSku,
        @Nullable Long mediaTimeMillis,
        boolean replay,
        Map<String, String> campaign,
        Instant at,
        String rule) {
    /** Channel of the brand's own player. */
    public static final String PLAYER = "PLAYER";

    /** Copies the campaign. */
    public Attribution {
        campaign = Map.copyOf(campaign);
    }
}
