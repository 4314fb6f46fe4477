package dev.weir.simulcast;

/**
 * How are the AAC frames of a stream to be decoded?
 *
 * @param audioSpecificConfig the AudioSpecificConfig of ISO/IEC 14496-3 §1.6.2.1; never modify it
 * @param sampleRate samples a second of the core codec, 7350..96000
 * @param channels 1..8
 */
public record AudioHeader(byte[] audioSpecificConfig, int sampleRate, int channels) {}
