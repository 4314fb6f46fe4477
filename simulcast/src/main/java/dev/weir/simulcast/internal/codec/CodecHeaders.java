package dev.weir.simulcast.internal.codec;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.VideoHeader;
import java.util.Arrays;

/** Reads the two codec headers that an RTMP publisher sends. */
public final class CodecHeaders {

    private static final int[] SAMPLE_RATES = {
        96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
    };
    private static final int MAX_HEADER = 64 * 1024;

    private CodecHeaders() {}

    /** Parses an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1). */
    public static VideoHeader avc(byte[] record) {
        if (record.length < 7 || record.length > MAX_HEADER || record[0] != 1) {
            throw new MalformedMediaException("AVC configuration: %d bytes (expected: version 1, 7..%d bytes)"
                    .formatted(record.length, MAX_HEADER));
        }
        int lengthSize = (record[4] & 3) + 1;
        if (lengthSize == 3) {
            throw new MalformedMediaException("NAL length size: 3 (expected: 1, 2 or 4)");
        }
        int spsCount = record[5] & 31;
        int spsLength = ((record[6] & 0xFF) << 8) | (record.length > 7 ? record[7] & 0xFF : 0);
        if (spsCount < 1 || spsLength < 4 || 8 + spsLength > record.length) {
            throw new MalformedMediaException(
                    "SPS: %d sets, %d bytes (expected: one that fits)".formatted(spsCount, spsLength));
        }
        AvcSps sps = AvcSps.parse(firstSps(record));
        return new VideoHeader(record, lengthSize, sps.width(), sps.height(), record[1] & 0xFF, record[3] & 0xFF);
    }

    /** The first sequence parameter set of a record that {@link #avc} took. */
    static byte[] firstSps(byte[] record) {
        return Arrays.copyOfRange(record, 8, 8 + (((record[6] & 0xFF) << 8) | (record[7] & 0xFF)));
    }

    /** Parses an AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1). */
    public static AudioHeader aac(byte[] config) {
        if (config.length < 2 || config.length > MAX_HEADER) {
            throw new MalformedMediaException(
                    "AAC configuration: %d bytes (expected: 2..%d)".formatted(config.length, MAX_HEADER));
        }
        var in = new BitReader(config);
        int objectType = in.bits(5);
        if (objectType == 31) {
            objectType = 32 + in.bits(6);
        }
        int index = in.bits(4);
        int rate = index == 15 ? in.bits(24) : index < SAMPLE_RATES.length ? SAMPLE_RATES[index] : 0;
        int channels = in.bits(4);
        channels = channels == 7 ? 8 : channels;
        if (objectType == 0 || rate < 7350 || rate > 96000 || channels < 1 || channels > 8) {
            throw new MalformedMediaException(
                    "AAC configuration: type %d, %d Hz, %d channels (expected: AAC, 7350..96000 Hz, 1..8 channels)"
                            .formatted(objectType, rate, channels));
        }
        return new AudioHeader(AudioCodec.AAC, config, rate, channels);
    }
}
