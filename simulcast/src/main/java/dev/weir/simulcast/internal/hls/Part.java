package dev.weir.simulcast.internal.hls;

/**
 * A piece of a segment that a player may fetch before the segment is complete.
 *
 * @param millis duration
 * @param independent true when it begins with a key frame
 * @param bytes moof and mdat
 */
record Part(long millis, boolean independent, byte[] bytes) {}
