package dev.weir.simulcast.internal.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.VideoHeader;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.javacpp.BytePointer;

/** Describes our streams to FFmpeg for a copy without re-encoding. */
public final class CodecSetups {

    private static final int AAC_FRAME = 1024;
    /** 20 ms, as browsers and encoders send. */
    private static final int OPUS_FRAME = 960;

    private CodecSetups() {}

    /** H.264 with its AVC configuration. */
    public static AvOutput.StreamSetup video(VideoHeader header) {
        return parameters -> {
            parameters.codec_type(AVMEDIA_TYPE_VIDEO);
            parameters.codec_id(AV_CODEC_ID_H264);
            parameters.width(header.width());
            parameters.height(header.height());
            parameters.profile(header.profile());
            parameters.level(header.level());
            extraData(parameters, header.avcConfig());
        };
    }

    /** AAC with its audio specific configuration, or Opus with its head. */
    public static AvOutput.StreamSetup audio(AudioHeader header) {
        return parameters -> {
            parameters.codec_type(AVMEDIA_TYPE_AUDIO);
            parameters.codec_id(
                    switch (header.codec()) {
                        case AAC -> AV_CODEC_ID_AAC;
                        case OPUS -> AV_CODEC_ID_OPUS;
                    });
            parameters.sample_rate(header.sampleRate());
            parameters.frame_size(
                    switch (header.codec()) {
                        case AAC -> AAC_FRAME;
                        case OPUS -> OPUS_FRAME;
                    });
            av_channel_layout_default(parameters.ch_layout(), header.channels());
            extraData(parameters, header.config());
        };
    }

    private static void extraData(AVCodecParameters parameters, byte[] bytes) {
        var copy = new BytePointer(av_mallocz(bytes.length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
        copy.put(bytes, 0, bytes.length);
        parameters.extradata(copy);
        parameters.extradata_size(bytes.length);
    }
}
