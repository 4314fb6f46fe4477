package dev.weir.simulcast.internal.whip;

import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.internal.codec.OpusHead;
import dev.weir.simulcast.internal.rtc.MediaCounters;
import dev.weir.simulcast.internal.rtp.AudioReceiver;
import dev.weir.simulcast.internal.rtp.BitrateAdvice;
import dev.weir.simulcast.internal.rtp.Feedback;
import dev.weir.simulcast.internal.rtp.H264Depacketizer;
import dev.weir.simulcast.internal.rtp.PublisherClock;
import dev.weir.simulcast.internal.rtp.ReceivedRtp;
import dev.weir.simulcast.internal.rtp.Reception;
import dev.weir.simulcast.internal.rtp.SenderReport;
import dev.weir.simulcast.internal.rtp.VideoReceiver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one publisher sends, from packets to units, and what it is told in return. All methods but {@link
 * #requestKeyFrame} are called by one thread; {@link #tick} every {@value #TICK_MILLIS} ms or so.
 */
final class PublishedMedia {

    static final int TICK_MILLIS = 10;

    private static final int VIDEO_CLOCK = 90_000;
    private static final long REPORT_MILLIS = 1000;
    private static final String NAME = "weir";

    private final Tracks tracks;
    private final Consumer<byte[]> feedback;
    private final LongSupplier nanos;
    private final int ownSsrc;
    private final Outlet outlet;
    private final KeyFrameRequests keyFrames;
    private final BitrateAdvice bitrate = new BitrateAdvice();
    private volatile MediaCounters counters = MediaCounters.NONE;
    private @Nullable Video video;
    private @Nullable Audio audio;
    private long lastReport;
    private long expectedBefore;
    private long askedBefore;

    private record Video(int ssrc, VideoReceiver receiver, Reception reception) {}

    private record Audio(int ssrc, AudioReceiver receiver, Reception reception) {}

    /**
     * Nothing received yet.
     *
     * @param feedback takes RTCP packets for the publisher
     * @param nanos a clock that does not go back
     * @param ownSsrc the name under which feedback is sent
     */
    PublishedMedia(Tracks tracks, StreamSink sink, Consumer<byte[]> feedback, LongSupplier nanos, int ownSsrc) {
        this.tracks = tracks;
        this.feedback = feedback;
        this.nanos = nanos;
        this.ownSsrc = ownSsrc;
        Map<Track, Integer> rates = new EnumMap<>(Track.class);
        if (tracks.hasVideo()) {
            rates.put(Track.VIDEO, VIDEO_CLOCK);
        }
        if (tracks.hasAudio()) {
            rates.put(Track.AUDIO, OpusHead.CLOCK);
        }
        this.outlet = new Outlet(sink, new PublisherClock(rates), OpusHead.of(tracks.channels()));
        this.keyFrames = new KeyFrameRequests(now());
        this.lastReport = now();
    }

    private long now() {
        return nanos.getAsLong() / 1_000_000;
    }

    /** Takes a packet as it came out of SRTP; what is none of ours is ignored. */
    void rtp(byte[] data, int offset, int length) {
        ReceivedRtp packet = ReceivedRtp.parse(data, offset, length);
        if (packet == null) {
            return;
        }
        if (packet.payloadType() == tracks.videoType()) {
            picture(packet);
        } else if (packet.payloadType() == tracks.audioType()) {
            sound(packet);
        }
    }

    private void picture(ReceivedRtp packet) {
        Video source = video;
        if (source == null || source.ssrc() != packet.ssrc()) {
            source = new Video(packet.ssrc(), new VideoReceiver(), new Reception(packet.ssrc(), VIDEO_CLOCK));
            video = source;
            restartReports();
        }
        source.reception().received(packet, nanos.getAsLong());
        long now = now();
        source.receiver().accept(packet, now).forEach(picture -> show(picture, now));
    }

    private void show(H264Depacketizer.Complete picture, long now) {
        if (picture.key()) {
            keyFrames.keyArrived(now);
        }
        outlet.picture(picture, now);
    }

    private void sound(ReceivedRtp packet) {
        Audio source = audio;
        if (source == null || source.ssrc() != packet.ssrc()) {
            source = new Audio(packet.ssrc(), new AudioReceiver(), new Reception(packet.ssrc(), OpusHead.CLOCK));
            audio = source;
        }
        source.reception().received(packet, nanos.getAsLong());
        long now = now();
        source.receiver().accept(packet, now).forEach(frame -> outlet.sound(frame, now));
    }

    /** Takes a compound packet as it came out of SRTCP. */
    void rtcp(byte[] data, int offset, int length) {
        for (SenderReport report : SenderReport.readAll(data, offset, length)) {
            if (video != null && report.ssrc() == video.ssrc()) {
                video.reception().reported(report, nanos.getAsLong());
                outlet.reported(Track.VIDEO, report);
            } else if (audio != null && report.ssrc() == audio.ssrc()) {
                audio.reception().reported(report, nanos.getAsLong());
                outlet.reported(Track.AUDIO, report);
            }
        }
    }

    /** Asks for a key frame soon; may be called by any thread. */
    void requestKeyFrame() {
        keyFrames.want();
    }

    /** Does what is due. */
    void tick() {
        long now = now();
        if (video != null) {
            tickVideo(video, now);
        }
        if (audio != null) {
            tickAudio(audio, now);
        }
        outlet.release(now);
        if (now - lastReport >= REPORT_MILLIS) {
            lastReport = now;
            report();
        }
    }

    private void tickVideo(Video source, long now) {
        source.receiver().expire(now).forEach(picture -> show(picture, now));
        List<Integer> missing = source.receiver().missing(now);
        if (!missing.isEmpty()) {
            Feedback.nack(ownSsrc, source.ssrc(), missing).forEach(feedback);
        }
        if (source.receiver().waitsForKey()) {
            keyFrames.want();
        }
        if (keyFrames.isDue(now)) {
            feedback.accept(Feedback.pictureLoss(ownSsrc, source.ssrc()));
        }
    }

    private void tickAudio(Audio source, long now) {
        source.receiver().expire(now).forEach(frame -> outlet.sound(frame, now));
        List<Integer> missing = source.receiver().missing(now);
        if (tracks.audioNack() && !missing.isEmpty()) {
            Feedback.nack(ownSsrc, source.ssrc(), missing).forEach(feedback);
        }
    }

    private void report() {
        List<Reception.Block> blocks = new ArrayList<>(2);
        List<Integer> sources = new ArrayList<>(2);
        if (video != null) {
            blocks.add(video.reception().report(nanos.getAsLong()));
            sources.add(video.ssrc());
            advise(video);
        }
        if (audio != null) {
            blocks.add(audio.reception().report(nanos.getAsLong()));
            sources.add(audio.ssrc());
        }
        if (!blocks.isEmpty()) {
            feedback.accept(Feedback.receiverReport(ownSsrc, blocks, NAME));
            feedback.accept(Feedback.maximumBitrate(ownSsrc, bitrate.bitsPerSecond(), sources));
        }
    }

    /** A packet that had to be asked for was lost on the way, even when it came in the end. */
    private void advise(Video source) {
        long expected = source.reception().expected();
        long asked = source.receiver().buffer().asked();
        long expectedNow = expected - expectedBefore;
        bitrate.second(expectedNow, asked - askedBefore);
        double loss = expectedNow <= 0 ? 0 : Math.clamp((double) (asked - askedBefore) / expectedNow, 0, 1);
        counters = new MediaCounters(asked, asked - source.receiver().buffer().givenUp(), keyFrames.sent(), loss, 0, 0);
        expectedBefore = expected;
        askedBefore = asked;
    }

    /** Packets of the picture asked for again, of these come in the end, and the loss of the last second. */
    MediaCounters counters() {
        return counters;
    }

    /** The first report goes out at once: within its first two seconds a browser believes the bitrate it is told. */
    private void restartReports() {
        lastReport = now() - REPORT_MILLIS;
        expectedBefore = 0;
        askedBefore = 0;
    }
}
