package dev.weir.simulcast.internal.whip;

import static dev.weir.simulcast.internal.rtp.Packets.DELTA;
import static dev.weir.simulcast.internal.rtp.Packets.IDR;
import static dev.weir.simulcast.internal.rtp.Packets.PPS;
import static dev.weir.simulcast.internal.rtp.Packets.SPS;
import static dev.weir.simulcast.internal.rtp.Packets.bytes;
import static dev.weir.simulcast.internal.rtp.Packets.stapA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PublishedMediaTest {

    private static final int VIDEO = 96;
    private static final int AUDIO = 111;

    private final Sink sink = new Sink();
    private final List<byte[]> feedback = new ArrayList<>();
    private long millis;
    private int sequence;
    private final PublishedMedia media =
            new PublishedMedia(new Tracks(VIDEO, AUDIO, 2, false), sink, feedback::add, () -> millis * 1_000_000, 1);

    @Test
    void pictureAndSound_areHeldASecond_andComeOutOnOneTime() {
        play(900);
        assertThat(sink.units).isEmpty();
        play(600);

        assertThat(sink.headers).hasSize(1);
        AudioHeader sound = sink.headers.getFirst().audio();
        assertThat(sound).isNotNull();
        assertThat(sound.codec()).isEqualTo(AudioCodec.OPUS);
        assertThat(of(Track.VIDEO)).hasSizeBetween(44, 50);
        assertThat(of(Track.AUDIO)).hasSizeBetween(74, 80);
        assertThat(of(Track.VIDEO).getFirst().key()).isTrue();
        assertThat(of(Track.VIDEO).getFirst().dtsMillis())
                .isEqualTo(of(Track.AUDIO).getFirst().dtsMillis());
    }

    @Test
    void reportsOfBothTracks_endTheHolding() {
        play(100);
        senderReport(7, 90);
        senderReport(8, 48);
        play(20);

        assertThat(of(Track.VIDEO)).isNotEmpty();
    }

    @Test
    void lostPacket_isAskedFor_andItsReturnLosesNothing() {
        play(1500);
        int lost = sequence;
        byte[] packet = video(DELTA);
        step();
        feedback.clear();
        play(60);
        assertThat(nacks()).isNotZero();
        int before = of(Track.VIDEO).size();
        media.rtp(packet, 0, packet.length);

        assertThat(of(Track.VIDEO).size() - before).isGreaterThanOrEqualTo(2);
        assertThat(lost).isPositive();
    }

    @Test
    void packetThatNeverComes_leavesOutPicturesUntilTheNextKeyFrame_whichIsAskedFor() {
        play(1500);
        video(DELTA);
        play(280);
        feedback.clear();
        int before = of(Track.VIDEO).size();
        play(300);

        assertThat(pictureLosses()).isEqualTo(1);
        assertThat(of(Track.VIDEO)).hasSize(before);
        deliver(video(stapA(SPS, PPS, IDR)));
        play(100);
        assertThat(of(Track.VIDEO).get(before).key()).isTrue();
        assertThat(of(Track.VIDEO).size()).isGreaterThan(before + 2);
    }

    @Test
    void publisherWithoutKeyFrames_isAskedForOneEveryTwoSeconds() {
        play(10_000);

        assertThat(pictureLosses()).isBetween(4, 5);
    }

    @Test
    void keyFrameRequest_isSentSoon() {
        play(1000);
        media.requestKeyFrame();
        play(20);

        assertThat(pictureLosses()).isEqualTo(1);
    }

    @Test
    void atOnceAndEverySecond_thePublisherIsTold() {
        play(5010);

        assertThat(feedback.stream().filter(packet -> packet[1] == (byte) 201)).hasSize(6);
        assertThat(feedback.stream().filter(packet -> packet.length > 12 && packet[12] == 'R'))
                .hasSize(6);
    }

    @Test
    void soundAlone_comesOutAsWell_andPictureJoinsUnderOtherHeaders() {
        for (int i = 0; i < 100; i++) {
            millis += 20;
            deliver(audio());
            media.tick();
        }
        assertThat(of(Track.AUDIO)).isNotEmpty();
        deliver(video(stapA(SPS, PPS, IDR)));

        assertThat(of(Track.VIDEO)).hasSize(1);
        assertThat(sink.headers).hasSize(2);
        assertThat(sink.headers.getLast().version()).isEqualTo(2);
    }

    @Test
    void mutatedPackets_neverEscape_andDoNotEndTheStream() {
        var random = new SplittableRandom(42);
        for (int i = 0; i < 20_000; i++) {
            millis += i % 3;
            byte[] packet = switch (random.nextInt(4)) {
                case 0 -> video(stapA(SPS, PPS, IDR));
                case 1 -> video(new byte[] {0x7C, (byte) (random.nextInt(256)), 3, 4});
                case 2 -> audio();
                default -> video(DELTA);
            };
            int flips = random.nextInt(4);
            for (int flip = 0; flip < flips; flip++) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(8) == 0 ? random.nextInt(packet.length + 1) : packet.length;
            if (random.nextBoolean()) {
                media.rtp(packet, 0, length);
            } else {
                media.rtcp(packet, 0, length);
            }
            media.tick();
        }
        sink.units.clear();
        millis += 400;
        media.tick();
        deliver(video(stapA(SPS, PPS, IDR)));
        deliver(video(DELTA));
        deliver(video(stapA(SPS, PPS, IDR)));
        deliver(video(DELTA));

        assertThat(of(Track.VIDEO)).isNotEmpty();
    }

    /** Thirty pictures and fifty sounds a second, the first picture a key frame. */
    private void play(long duration) {
        long end = millis + duration;
        while (millis < end) {
            step();
        }
    }

    private void step() {
        millis++;
        if (millis % 33 == 1) {
            deliver(video(sequence == 0 ? stapA(SPS, PPS, IDR) : DELTA));
        }
        if (millis % 20 == 1) {
            deliver(audio());
        }
        if (millis % 10 == 0) {
            media.tick();
        }
    }

    private void deliver(byte[] packet) {
        media.rtp(packet, 0, packet.length);
    }

    private byte[] video(byte[] payload) {
        return bytes(VIDEO, true, sequence++, (int) (millis * 90), 7, payload);
    }

    private int soundSequence;

    private byte[] audio() {
        return bytes(AUDIO, false, soundSequence++, (int) (millis * 48), 8, new byte[] {(byte) 0xFC, 1, 2});
    }

    private void senderReport(int ssrc, int rate) {
        byte[] report = ByteBuffer.allocate(28)
                .putInt(0x80C80006)
                .putInt(ssrc)
                .putInt(1000 + (int) (millis / 1000))
                .putInt((int) (millis % 1000 * 4_294_967_296L / 1000))
                .putInt((int) (millis * rate))
                .array();
        media.rtcp(report, 0, report.length);
    }

    private int pictureLosses() {
        return (int) feedback.stream()
                .filter(packet -> packet[0] == (byte) 0x81 && packet[1] == (byte) 206)
                .count();
    }

    private int nacks() {
        return (int) feedback.stream().filter(packet -> packet[1] == (byte) 205).count();
    }

    private List<MediaUnit> of(Track track) {
        return sink.units.stream().filter(unit -> unit.track() == track).toList();
    }

    private static final class Sink implements StreamSink {
        private final List<StreamHeaders> headers = new ArrayList<>();
        private final List<MediaUnit> units = new ArrayList<>();

        @Override
        public void headers(StreamHeaders changed) {
            headers.add(changed);
        }

        @Override
        public void unit(MediaUnit unit) {
            assertThat(unit.headers()).isSameAs(headers.getLast());
            units.add(unit);
        }

        @Override
        public void closed(String reason) {}
    }
}
