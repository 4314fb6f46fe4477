package dev.weir.simulcast.testing;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.codec.CodecHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads H.264 and AAC out of an FLV file (Adobe FLV 10.1 annex E), as an RTMP publisher would send them. */
final class FlvFile {

    private static final int FILE_HEADER = 9;
    private static final int TAG_HEADER = 11;

    private final List<MediaUnit> units = new ArrayList<>();
    private StreamHeaders headers = StreamHeaders.NONE;

    private FlvFile() {}

    static Clip read(Path file) throws IOException {
        var reader = new FlvFile();
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).position(FILE_HEADER);
        while (in.remaining() > TAG_HEADER + 4) {
            in.getInt();
            int type = in.get();
            byte[] body = new byte[u24(in)];
            long time = u24(in) | (in.get() & 0xFFL) << 24;
            u24(in);
            in.get(body);
            if (type == 9) {
                reader.picture(ByteBuffer.wrap(body), time);
            } else if (type == 8) {
                reader.sound(ByteBuffer.wrap(body), time);
            }
        }
        return new Clip(List.copyOf(reader.units));
    }

    private void picture(ByteBuffer body, long time) {
        boolean key = body.get() >> 4 == 1;
        int kind = body.get();
        int composition = u24(body) << 8 >> 8;
        byte[] payload = rest(body);
        if (kind == 0) {
            change(CodecHeaders.avc(payload), headers.audio());
        } else if (kind == 1) {
            units.add(new MediaUnit(Track.VIDEO, time, time + composition, key, payload, headers));
        }
    }

    private void sound(ByteBuffer body, long time) {
        body.get();
        int kind = body.get();
        byte[] payload = rest(body);
        if (kind == 0) {
            change(headers.video(), CodecHeaders.aac(payload));
        } else {
            units.add(new MediaUnit(Track.AUDIO, time, time, true, payload, headers));
        }
    }

    private void change(VideoHeader video, AudioHeader audio) {
        // Headers that precede all frames are one change, as in a live.
        headers = new StreamHeaders(units.isEmpty() ? 1 : headers.version() + 1, video, audio);
    }

    private static byte[] rest(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    private static int u24(ByteBuffer in) {
        return (in.get() & 0xFF) << 16 | (in.get() & 0xFF) << 8 | in.get() & 0xFF;
    }
}
