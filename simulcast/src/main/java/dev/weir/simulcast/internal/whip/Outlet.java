package dev.weir.simulcast.internal.whip;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.rtp.H264Depacketizer;
import dev.weir.simulcast.internal.rtp.PublisherClock;
import dev.weir.simulcast.internal.rtp.ReceivedRtp;
import dev.weir.simulcast.internal.rtp.SenderReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives complete frames to the sink, on one time and under their headers. Holds the first ones, at most a second, 512
 * frames and 8 MiB, until it is known how picture and sound lie to each other. Not thread-safe.
 */
final class Outlet {

    private static final int MAX_HELD = 512;
    private static final long MAX_HELD_BYTES = 8L * 1024 * 1024;

    private record Frame(
            Track track,
            int timestamp,
            boolean key,
            byte[] payload,
            @Nullable VideoHeader video) {}

    private final StreamSink sink;
    private final PublisherClock clock;
    private final AudioHeader sound;
    private final Deque<Frame> held = new ArrayDeque<>();
    private StreamHeaders headers = StreamHeaders.NONE;
    private long heldBytes;
    private boolean soundSeen;

    Outlet(StreamSink sink, PublisherClock clock, AudioHeader sound) {
        this.sink = sink;
        this.clock = clock;
        this.sound = sound;
    }

    void picture(H264Depacketizer.Complete picture, long now) {
        offer(new Frame(Track.VIDEO, picture.timestamp(), picture.key(), picture.payload(), picture.header()), now);
    }

    void sound(ReceivedRtp frame, long now) {
        soundSeen = true;
        offer(new Frame(Track.AUDIO, frame.timestamp(), true, frame.payload(), null), now);
    }

    void reported(Track track, SenderReport report) {
        clock.reported(track, report);
    }

    private void offer(Frame frame, long now) {
        clock.arrived(frame.track(), frame.timestamp(), now);
        held.add(frame);
        heldBytes += frame.payload().length;
        release(now);
    }

    /** Lets go what need not be held any more. */
    void release(long now) {
        if (clock.isReady(now) || held.size() > MAX_HELD || heldBytes > MAX_HELD_BYTES) {
            clock.begin();
            announceFirst();
            held.forEach(frame -> send(frame, now));
            held.clear();
            heldBytes = 0;
        }
    }

    /** What was held begins under the headers of both tracks, in whichever order they came. */
    private void announceFirst() {
        if (headers.equals(StreamHeaders.NONE)) {
            held.stream().map(Frame::video).filter(Objects::nonNull).findFirst().ifPresent(this::announce);
        }
    }

    private void announce(@Nullable VideoHeader video) {
        AudioHeader audio = soundSeen ? sound : null;
        if (!Objects.equals(video, headers.video()) || !Objects.equals(audio, headers.audio())) {
            headers = new StreamHeaders(headers.version() + 1, video, audio);
            sink.headers(headers);
        }
    }

    private void send(Frame frame, long now) {
        announce(frame.video() == null ? headers.video() : frame.video());
        long time = clock.millis(frame.track(), frame.timestamp(), now);
        sink.unit(new MediaUnit(frame.track(), time, time, frame.key(), frame.payload(), headers));
    }
}
