package dev.weir.simulcast;

import java.time.Duration;

/**
 * What is served for one name below a live's HLS address, and how long may a cache keep it?
 *
 * @param bytes the body, the same array for every viewer; never modify it
 * @param contentType for the header of that name
 * @param immutable true when the same name will never mean other bytes
 * @param cacheFor how long a shared cache may answer with it, zero or more; zero means that it must ask each time
 */
public record HlsResource(byte[] bytes, String contentType, boolean immutable, Duration cacheFor) {}
