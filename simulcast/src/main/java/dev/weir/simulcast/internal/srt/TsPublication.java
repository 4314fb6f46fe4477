package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.codec.AvcParameterSets;

/** Turns one publisher's transport stream into units for its sink. Not thread-safe. */
public final class TsPublication implements TsDemuxer.Sink {

    private static final int TICKS = 90;
    private static final int UNUSED_BITS = 64 - 33;
    private static final long MAX_COMPOSITION_MILLIS = 10_000;

    private final StreamSink sink;
    private final TsDemuxer demuxer = new TsDemuxer(this);
    private final AdtsFrames sound = new AdtsFrames(this::frame);
    private final AvcParameterSets sets = new AvcParameterSets();
    private StreamHeaders headers = StreamHeaders.NONE;
    private boolean waitsForKey = true;
    private boolean clockSet;
    private long clock;

    /** A publication that begins with the next bytes. */
    public TsPublication(StreamSink sink) {
        this.sink = sink;
    }

    /** Takes the next bytes of the transport stream. */
    public void feed(byte[] bytes, int length) {
        demuxer.feed(bytes, length);
    }

    /** No more bytes will come. */
    public void end() {
        demuxer.end();
    }

    @Override
    public void packet(Track track, long pts, long dts, byte[] data) {
        long dtsTicks = unwrap(dts);
        switch (track) {
            case VIDEO -> picture(dtsTicks, (pts - dts) << UNUSED_BITS >> UNUSED_BITS, data);
            case AUDIO -> sound.add(dtsTicks / TICKS, data);
        }
    }

    private void picture(long dts, long composition, byte[] data) {
        AccessUnit unit = AccessUnit.of(data);
        if (!unit.sps().isEmpty() || !unit.pps().isEmpty()) {
            sets.update(unit.sps(), unit.pps());
        }
        VideoHeader now = sets.header();
        if (now == null || unit.payload().length == 0 || (waitsForKey && !unit.key())) {
            return;
        }
        waitsForKey = false;
        change(new StreamHeaders(headers.version() + 1, now, headers.audio()));
        long millis = dts / TICKS;
        long later = Math.clamp(composition / TICKS, 0, MAX_COMPOSITION_MILLIS);
        sink.unit(new MediaUnit(Track.VIDEO, millis, millis + later, unit.key(), unit.payload(), headers));
    }

    private void frame(long millis, byte[] payload, AudioHeader now) {
        change(new StreamHeaders(headers.version() + 1, headers.video(), now));
        sink.unit(new MediaUnit(Track.AUDIO, millis, millis, true, payload, headers));
    }

    private void change(StreamHeaders changed) {
        if (!changed.sameCodecs(headers)) {
            headers = changed;
            sink.headers(changed);
        }
    }

    @Override
    public void lost(Track track) {
        switch (track) {
            case VIDEO -> waitsForKey = true;
            case AUDIO -> sound.forget();
        }
    }

    /** 33 bits wrap after 26.5 hours: the nearest 64-bit time that ends in the same bits is meant. */
    private long unwrap(long ticks) {
        clock = clockSet ? clock + ((ticks - clock) << UNUSED_BITS >> UNUSED_BITS) : ticks;
        clockSet = true;
        return clock;
    }
}
