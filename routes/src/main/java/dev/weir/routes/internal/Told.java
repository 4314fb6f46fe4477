package dev.weir.routes.internal;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What do we know of a shop's number of one SKU without asking it?
 *
 * @param available what it took last; null when it never took any
 * @param at when it took that
 * @param recent what we wrote last, the newest first, taken or not
 * @param refusal why it did not take the newest; null when it did
 * @param said what it said since then that it shows, and we never wrote; null when it said nothing of the kind
 */
record Told(
        @Nullable Integer available,
        @Nullable Instant at,
        Set<Integer> recent,
        @Nullable String refusal,
        @Nullable Integer said,
        @Nullable Instant saidAt) {}
