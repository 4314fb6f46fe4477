package dev.weir.simulcast.internal.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_WARNING;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.avutil.setLogCallback;

import dev.weir.simulcast.Redaction;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the natives once and sends their log to ours, without addresses. Only the libraries that need nothing from the
 * system are loaded; avdevice would need libpulse.
 */
public final class FfmpegLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegLibrary.class);
    private static final int TEXT = 256;

    /** One instance each for the whole process: the binding has room for ten per class. */
    private static final LogCallback LOG_CALLBACK = new ToSlf4j();

    private static final AVIOInterruptCB.Callback_Pointer INTERRUPT = new Interrupt();

    static {
        Loader.load(avformat.class);
        Loader.load(swscale.class);
        av_log_set_level(AV_LOG_WARNING);
        setLogCallback(LOG_CALLBACK);
        avformat.avformat_network_init();
    }

    private FfmpegLibrary() {}

    /** Loads the natives if that has not happened; may take some seconds the first time on a machine. */
    public static void load() {
        LOG.trace("FFmpeg is loaded");
    }

    static AVIOInterruptCB.Callback_Pointer interrupt() {
        return INTERRUPT;
    }

    /** FFmpeg's own words for an error code. */
    public static String errorText(int code) {
        byte[] text = new byte[TEXT];
        av_strerror(code, text, TEXT);
        int length = 0;
        while (length < TEXT && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private static final class ToSlf4j extends LogCallback {
        @Override
        public void call(int level, BytePointer message) {
            if (level > AV_LOG_WARNING) {
                return;
            }
            NativeGuard guard = NativeGuard.current();
            String text = Redaction.text(message.getString().strip());
            if (guard != null) {
                text = guard.log(level, text);
            }
            LOG.debug("ffmpeg: {}", text);
        }
    }

    /** Asked by FFmpeg about every 100 ms while it waits, on the thread that made the call. */
    private static final class Interrupt extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer opaque) {
            NativeGuard guard = NativeGuard.current();
            return guard != null && guard.mustStop() ? 1 : 0;
        }
    }
}
