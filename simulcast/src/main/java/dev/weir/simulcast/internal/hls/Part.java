package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.HlsResource;

/**
 * A piece of a segment that a player may fetch before the segment is complete.
 *
 * @param millis duration
 * @param independent true when it begins with a key frame
 * @param file moof and mdat
 */
record Part(String name, long millis, boolean independent, HlsResource file) {}
