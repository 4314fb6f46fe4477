package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.internal.codec.FlvTags;

/** Turns one publisher's audio and video messages into units for its sink. */
final class Publication {

    private static final int MAX_COMPOSITION_MILLIS = 10_000;

    private final StreamSink sink;
    private StreamHeaders headers = StreamHeaders.NONE;
    private long clock;
    private boolean clockSet;
    private boolean closed;

    Publication(StreamSink sink) {
        this.sink = sink;
    }

    void media(RtmpMessage message) {
        long dts = unwrap(message.timestamp());
        var tag = message.type() == RtmpMessage.VIDEO
                ? FlvTags.video(message.payload())
                : FlvTags.audio(message.payload());
        tag.ifPresent(found -> accept(found, dts));
    }

    private void accept(FlvTags.Tag tag, long dts) {
        switch (tag) {
            case FlvTags.Picture picture ->
                change(new StreamHeaders(headers.version() + 1, picture.header(), headers.audio()));
            case FlvTags.Sound sound ->
                change(new StreamHeaders(headers.version() + 1, headers.video(), sound.header()));
            case FlvTags.VideoFrame frame -> video(frame, dts);
            case FlvTags.AudioFrame frame -> {
                if (headers.audio() != null) {
                    sink.unit(new MediaUnit(Track.AUDIO, dts, dts, true, frame.payload(), headers));
                }
            }
        }
    }

    private void video(FlvTags.VideoFrame frame, long dts) {
        if (headers.video() != null) {
            int composition = Math.clamp(frame.compositionMillis(), 0, MAX_COMPOSITION_MILLIS);
            sink.unit(new MediaUnit(Track.VIDEO, dts, dts + composition, frame.key(), frame.payload(), headers));
        }
    }

    private void change(StreamHeaders changed) {
        // Encoders repeat their sequence headers; only other bytes are a change.
        if (!changed.sameCodecs(headers)) {
            headers = changed;
            sink.headers(changed);
        }
    }

    /** 32-bit milliseconds wrap after 49.7 days: the nearest 64-bit time that ends in the same bits is meant. */
    private long unwrap(int timestamp) {
        clock = clockSet ? clock + (timestamp - (int) clock) : Integer.toUnsignedLong(timestamp);
        clockSet = true;
        return clock;
    }

    void close(String reason) {
        if (!closed) {
            closed = true;
            sink.closed(reason);
        }
    }

    /** The encoder itself ends it. */
    void stop(String reason) {
        if (!closed) {
            closed = true;
            sink.stopped(reason);
        }
    }
}
