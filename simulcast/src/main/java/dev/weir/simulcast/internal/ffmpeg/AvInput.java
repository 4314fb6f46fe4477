package dev.weir.simulcast.internal.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_READ;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avformat.avio_read_partial;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/**
 * The bytes of one network connection. Used by the thread that opened it only, under a bound guard: the interrupt
 * callback finds the guard by thread.
 */
public final class AvInput implements AutoCloseable {

    private static final int END_OF_FILE = -541_478_725;

    private final AVIOContext io = new AVIOContext(null);
    private final BytePointer buffer;

    private AvInput(int bufferBytes) {
        buffer = new BytePointer(bufferBytes);
    }

    /** Connects, or listens and waits for the first caller. */
    public static AvInput open(String url, Map<String, String> options, int bufferBytes) throws NativeException {
        FfmpegLibrary.load();
        var input = new AvInput(bufferBytes);
        try (var interrupt = new AVIOInterruptCB().callback(FfmpegLibrary.interrupt())) {
            var dictionary = new AVDictionary(null);
            options.forEach((name, value) -> av_dict_set(dictionary, name, value, 0));
            int code = avio_open2(input.io, url, AVIO_FLAG_READ, interrupt, dictionary);
            av_dict_free(dictionary);
            NativeException.check(code, "open");
            return input;
        } catch (NativeException e) {
            input.close();
            throw e;
        }
    }

    /** Reads what is there, waiting for the first byte; -1 when the peer has closed. */
    public int read(byte[] into) throws NativeException {
        int code = avio_read_partial(io, buffer, (int) Math.min(into.length, buffer.capacity()));
        if (code == END_OF_FILE || code == 0) {
            return -1;
        }
        NativeException.check(code, "read");
        buffer.get(into, 0, code);
        return code;
    }

    @Override
    public void close() {
        if (!io.isNull()) {
            avio_closep(io);
            io.setNull();
        }
        buffer.close();
    }
}
