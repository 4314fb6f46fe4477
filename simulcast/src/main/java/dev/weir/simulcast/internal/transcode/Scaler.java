package dev.weir.simulcast.internal.transcode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import dev.weir.simulcast.internal.ffmpeg.NativeException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Draws decoded pictures of one size and format onto a canvas. Used by one thread. */
final class Scaler implements AutoCloseable {

    private static final int PLANES = 3;
    private static final byte BLACK = 16;
    private static final byte GREY = (byte) 128;

    private final Canvas canvas;
    private final int width;
    private final int height;
    private final int format;
    private final SwsContext context;
    private final AVFrame output = av_frame_alloc();
    private final PointerPointer<Pointer> inner = new PointerPointer<>(PLANES + 1);

    Scaler(AVFrame input, Canvas canvas) throws NativeException {
        this.canvas = canvas;
        this.width = input.width();
        this.height = input.height();
        this.format = input.format();
        this.context = sws_getContext(
                width,
                height,
                format,
                canvas.innerWidth(),
                canvas.innerHeight(),
                AV_PIX_FMT_YUV420P,
                SWS_BICUBIC,
                null,
                null,
                (DoublePointer) null);
        try {
            if (context == null || context.isNull()) {
                throw NativeException.of("scaler: format %d, %dx%d (expected: known)".formatted(format, width, height));
            }
            output.width(canvas.width()).height(canvas.height()).format(AV_PIX_FMT_YUV420P);
            NativeException.check(av_frame_get_buffer(output, 0), "picture buffer");
        } catch (NativeException e) {
            close();
            throw e;
        }
    }

    /** True when it can draw this picture onto this canvas. */
    boolean suits(AVFrame input, Canvas wanted) {
        return input.width() == width && input.height() == height && input.format() == format && canvas.equals(wanted);
    }

    /** The picture on the canvas; valid until the next call. */
    AVFrame draw(AVFrame input) throws NativeException {
        // The encoder may still hold the buffer of the picture before.
        NativeException.check(av_frame_make_writable(output), "picture buffer");
        for (int plane = 0; plane < PLANES; plane++) {
            int half = plane == 0 ? 0 : 1;
            BytePointer data = output.data(plane);
            long stride = output.linesize(plane);
            if (canvas.innerWidth() != canvas.width() || canvas.innerHeight() != canvas.height()) {
                Pointer.memset(data, plane == 0 ? BLACK : GREY, stride * (canvas.height() >> half));
            }
            inner.put(plane, data.getPointer((canvas.top() >> half) * stride + (canvas.left() >> half)));
        }
        NativeException.check(
                sws_scale(context, input.data(), input.linesize(), 0, height, inner, output.linesize()), "scale");
        output.color_range(AVCOL_RANGE_MPEG);
        output.color_primaries(input.color_primaries());
        output.color_trc(input.color_trc());
        output.colorspace(input.colorspace());
        return output;
    }

    @Override
    public void close() {
        if (context != null) {
            sws_freeContext(context);
        }
        inner.close();
        av_frame_free(output);
    }
}
