package dev.weir.simulcast;

/**
 * How are the H.264 frames of a stream to be decoded?
 *
 * @param avcConfig the AVCDecoderConfigurationRecord of ISO/IEC 14496-15 §5.3.3.1; never modify it
 * @param nalLengthSize bytes of the length before each NAL unit: 1, 2 or 4
 * @param width visible width in pixels, above 0
 * @param height visible height in pixels, above 0
 * @param profile profile_idc, for example 66 (baseline) or 100 (high)
 * @param level level_idc, for example 31 for level 3.1
 */
public record VideoHeader(byte[] avcConfig, int nalLengthSize, int width, int height, int profile, int level) {}
