package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import java.util.ArrayList;
import java.util.List;

/** Makes the boxes of one fragmented MP4 file, whose time starts at a given place of the timeline. Not thread-safe. */
public final class FragmentMaker {

    private static final int TICKS = InitSegment.VIDEO_TIMESCALE / 1000;
    private static final int DEFAULT_RATE = 48_000;

    private final long startMillis;
    private final AudioClock audioClock;
    private final List<Sample> video = new ArrayList<>();
    private final List<Sample> audio = new ArrayList<>();
    private long fragments;

    /** A file of frames with these headers; {@code startMillis} becomes its time 0. */
    public FragmentMaker(StreamHeaders headers, long startMillis) {
        AudioHeader sound = headers.audio();
        this.startMillis = startMillis;
        this.audioClock = new AudioClock(sound == null ? DEFAULT_RATE : sound.sampleRate());
    }

    /** What the file begins with. */
    public static byte[] init(StreamHeaders headers) {
        return InitSegment.of(headers);
    }

    /** Adds a picture that is shown for so long. */
    public void picture(MediaUnit unit, long millis) {
        video.add(new Sample(
                Math.max(0, unit.dtsMillis() - startMillis) * TICKS,
                (int) (millis * TICKS),
                (int) ((unit.ptsMillis() - unit.dtsMillis()) * TICKS),
                unit.key(),
                unit.payload()));
    }

    /** Adds a sound frame. */
    public void sound(MediaUnit unit) {
        audio.add(audioClock.sample(Math.max(0, unit.dtsMillis() - startMillis), unit.payload()));
    }

    /** True when there is nothing to write. */
    public boolean isEmpty() {
        return video.isEmpty() && audio.isEmpty();
    }

    /** Everything added since the last call, as one moof and its mdat. */
    public byte[] take() {
        byte[] bytes = Fragment.of(++fragments, video, audio);
        video.clear();
        audio.clear();
        return bytes;
    }
}
