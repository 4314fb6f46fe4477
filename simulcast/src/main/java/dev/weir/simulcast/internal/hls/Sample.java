package dev.weir.simulcast.internal.hls;

/**
 * One frame as the muxer writes it.
 *
 * @param time decoding time in the track's timescale
 * @param duration in the track's timescale
 * @param compositionOffset presentation minus decoding time, same unit
 * @param key true when decoding can start here
 * @param payload the frame
 */
record Sample(long time, int duration, int compositionOffset, boolean key, byte[] payload) {}
