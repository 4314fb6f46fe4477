package dev.weir.simulcast;

/**
 * How are the sound frames of a stream to be decoded?
 *
 * @param codec what the frames are coded with
 * @param config the AudioSpecificConfig of ISO/IEC 14496-3 §1.6.2.1 for AAC, the OpusHead of RFC 7845 §5.1 for Opus;
 *     never modify it
 * @param sampleRate samples a second of the core codec, 7350..96000; always 48000 for Opus
 * @param channels 1..8
 */
public record AudioHeader(AudioCodec codec, byte[] config, int sampleRate, int channels) {}
