package dev.weir.simulcast;

/**
 * What is served for one name below a live's HLS address?
 *
 * @param bytes the body; never modify it
 * @param contentType for the header of that name
 * @param immutable true when the same name will never mean other bytes, so that caches may keep it
 */
public record HlsResource(byte[] bytes, String contentType, boolean immutable) {}
