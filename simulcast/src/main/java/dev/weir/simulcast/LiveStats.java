package dev.weir.simulcast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How is one live doing?
 *
 * @param phase whether there is something to see
 * @param epoch which of the show's lives is on air or was last, from 0; -1 before the first
 * @param endedReason why the last one ended; null while one is on air and before the first
 * @param hostConnected true while a publisher is accepted and has not left
 * @param hostStopped true when no host is here and the last one said itself that it stops; false when it was lost
 * @param publishedSince when the present host began; null while there is none
 * @param hostSessions publishers so far; above one when the host reconnected
 * @param width picture width in pixels; 0 while unknown
 * @param height picture height in pixels; 0 while unknown
 * @param fanout what passes
 * @param recording how the recording of that epoch is doing; null when none is made
 */
public record LiveStats(
        LivePhase phase,
        int epoch,
        @Nullable String endedReason,
        boolean hostConnected,
        boolean hostStopped,
        @Nullable Instant publishedSince,
        int hostSessions,
        int width,
        int height,
        FanoutStats fanout,
        @Nullable Recording recording) {}
