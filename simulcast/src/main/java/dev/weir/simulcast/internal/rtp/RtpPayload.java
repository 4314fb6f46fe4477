package dev.weir.simulcast.internal.rtp;

/**
 * What does one packet of a picture carry?
 *
 * @param bytes RTP payload; never modify it
 * @param marker true for the last of its picture
 */
public record RtpPayload(byte[] bytes, boolean marker) {}
