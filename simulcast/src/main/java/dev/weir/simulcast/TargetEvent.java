package dev.weir.simulcast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a target, and when?
 *
 * @param at when it came into the state
 * @param state which it came into
 * @param reason why, in the server's words where it gave any; null when nothing was wrong; holds no key
 */
public record TargetEvent(
        Instant at, TargetState state, @Nullable String reason) {}
