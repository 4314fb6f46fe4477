package dev.weir.simulcast;

import java.time.Instant;

/**
 * Which moment of the world does a place on the picture belong to?
 *
 * <p>Taken at the start of an epoch, at each discontinuity, when the two clocks part, and every 10 s in between: so a
 * moment between two anchors is found by adding the time since the earlier one.
 *
 * @param mediaMillis media time since the epoch's first frame, at least 0
 * @param wallClock when that frame arrived here
 * @param epoch which of the show's lives, from 0
 */
public record MediaAnchor(long mediaMillis, Instant wallClock, int epoch) {}
