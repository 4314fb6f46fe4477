package dev.weir.simulcast.testkit;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.internal.codec.FlvTags;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the FLV that a program writes while it receives, frame by frame. */
public final class FlvPipe {

    private static final int AUDIO = 8;
    private static final int VIDEO = 9;

    private final DataInputStream in;
    private final StreamSink sink;
    private StreamHeaders headers = StreamHeaders.NONE;

    private FlvPipe(InputStream in, StreamSink sink) {
        this.in = new DataInputStream(in);
        this.sink = sink;
    }

    /** Reads until the end, on a thread of its own. */
    public static void drain(InputStream in, FrameLog log) {
        Thread.ofPlatform().daemon().name("flv-pipe").start(() -> {
            try {
                var pipe = new FlvPipe(in, log.open());
                in.skipNBytes(13);
                while (true) {
                    pipe.tag();
                }
            } catch (IOException e) {
                return;
            }
        });
    }

    private void tag() throws IOException {
        int type = in.readUnsignedByte();
        int size = medium();
        long time = medium() | (long) in.readUnsignedByte() << 24;
        in.skipNBytes(3);
        byte[] body = new byte[size];
        in.readFully(body);
        in.skipNBytes(4);
        if (type == AUDIO || type == VIDEO) {
            Optional<FlvTags.Tag> tag = type == VIDEO ? FlvTags.video(body) : FlvTags.audio(body);
            tag.ifPresent(found -> accept(found, time));
        }
    }

    private int medium() throws IOException {
        return in.readUnsignedShort() << 8 | in.readUnsignedByte();
    }

    private void accept(FlvTags.Tag tag, long time) {
        switch (tag) {
            case FlvTags.Picture picture ->
                headers = new StreamHeaders(headers.version() + 1, picture.header(), headers.audio());
            case FlvTags.Sound sound ->
                headers = new StreamHeaders(headers.version() + 1, headers.video(), sound.header());
            case FlvTags.VideoFrame frame ->
                sink.unit(new MediaUnit(
                        Track.VIDEO, time, time + frame.compositionMillis(), frame.key(), frame.payload(), headers));
            case FlvTags.AudioFrame frame ->
                sink.unit(new MediaUnit(Track.AUDIO, time, time, true, frame.payload(), headers));
        }
    }
}
