package dev.weir.simulcast.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.Track;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublisherClockTest {

    private static final int VIDEO_BASE = -5000;
    private static final int AUDIO_BASE = 1_000_000;

    private final PublisherClock clock = new PublisherClock(Map.of(Track.VIDEO, 90_000, Track.AUDIO, 48_000));

    @Test
    void reportsOfBothTracks_decideWhatBelongsTogether_whateverTheArrival() {
        clock.arrived(Track.VIDEO, video(0), 1080);
        clock.arrived(Track.AUDIO, audio(0), 1000);
        assertThat(clock.isReady(1080)).isFalse();
        clock.reported(Track.VIDEO, report(video(40), 40));
        clock.reported(Track.AUDIO, report(audio(500), 500));

        assertThat(clock.isReady(1080)).isTrue();
        clock.begin();
        assertThat(clock.millis(Track.VIDEO, video(200), 1280)).isEqualTo(1280);
        assertThat(clock.millis(Track.AUDIO, audio(200), 1280)).isEqualTo(1280);
    }

    @Test
    void reportsBeforeTheFirstPackets_count() {
        clock.reported(Track.VIDEO, report(video(0), 0));
        clock.reported(Track.AUDIO, report(audio(0), 0));
        clock.arrived(Track.VIDEO, video(0), 1080);
        clock.arrived(Track.AUDIO, audio(0), 1000);

        assertThat(clock.isReady(1080)).isTrue();
        clock.begin();
        assertThat(clock.millis(Track.AUDIO, audio(100), 1180)).isEqualTo(1180);
    }

    @Test
    void withoutReports_arrivalDecidesAfterASecond() {
        clock.arrived(Track.VIDEO, video(0), 1080);
        clock.arrived(Track.VIDEO, video(33), 1100);
        clock.arrived(Track.AUDIO, audio(0), 1000);

        assertThat(clock.isReady(2079)).isFalse();
        assertThat(clock.isReady(2080)).isTrue();
        clock.begin();
        assertThat(clock.millis(Track.VIDEO, video(33), 2080))
                .as("the frame that came fastest counts")
                .isEqualTo(1100);
        assertThat(clock.millis(Track.AUDIO, audio(0), 2080)).isEqualTo(1000);
    }

    @Test
    void reportsThatComeLate_moveTheSoundByAtMost10MillisEach() {
        clock.arrived(Track.VIDEO, video(0), 1080);
        clock.arrived(Track.AUDIO, audio(0), 1000);
        clock.begin();
        long before = clock.millis(Track.AUDIO, audio(100), 1100);
        clock.reported(Track.VIDEO, report(video(100), 100));
        clock.reported(Track.AUDIO, report(audio(100), 100));
        long once = clock.millis(Track.AUDIO, audio(100), 1100);
        for (int i = 0; i < 20; i++) {
            clock.reported(Track.VIDEO, report(video(100 + i), 100 + i));
        }

        assertThat(once - before).isEqualTo(10);
        assertThat(clock.millis(Track.AUDIO, audio(100), 1180)).isEqualTo(clock.millis(Track.VIDEO, video(100), 1180));
    }

    @Test
    void reportsThatCannotBeTrue_areNotBelieved() {
        clock.arrived(Track.VIDEO, video(0), 1000);
        clock.arrived(Track.AUDIO, audio(0), 1000);
        clock.reported(Track.VIDEO, report(video(0), 0));
        clock.reported(Track.AUDIO, report(audio(0), 3_600_000));
        clock.begin();

        assertThat(clock.millis(Track.AUDIO, audio(100), 1100)).isEqualTo(1100);
    }

    @Test
    void timesWrap_andGoOn() {
        clock.arrived(Track.VIDEO, video(0), 1000);
        clock.begin();
        for (int i = 0; i < 100; i++) {
            int time = (int) (i * 500_000_000L / 1000 * 90);
            clock.arrived(Track.VIDEO, VIDEO_BASE + time, 1000 + i * 500_000L);
            assertThat(clock.millis(Track.VIDEO, VIDEO_BASE + time, 1000 + i * 500_000L))
                    .isEqualTo(1000 + i * 500_000L);
        }
    }

    @Test
    void tenHourJump_isBroughtBackToArrival() {
        clock.arrived(Track.VIDEO, video(0), 1000);
        clock.begin();
        clock.arrived(Track.VIDEO, video(36_000_000), 1033);

        assertThat(clock.millis(Track.VIDEO, video(36_000_000), 1033)).isEqualTo(1033);
        clock.arrived(Track.VIDEO, video(36_000_033), 1066);
        assertThat(clock.millis(Track.VIDEO, video(36_000_033), 1066)).isEqualTo(1066);
    }

    @Test
    void trackThatBeginsLater_joinsTheOther() {
        clock.arrived(Track.AUDIO, audio(0), 1000);
        assertThat(clock.isReady(2000)).isTrue();
        clock.begin();
        clock.arrived(Track.VIDEO, video(2000), 3000);

        assertThat(clock.millis(Track.VIDEO, video(2000), 3000)).isEqualTo(3000);
    }

    private static int video(int millis) {
        return VIDEO_BASE + millis * 90;
    }

    private static int audio(int millis) {
        return AUDIO_BASE + millis * 48;
    }

    private static SenderReport report(int timestamp, long wallMillis) {
        long seconds = 3_900_000_000L + wallMillis / 1000;
        return new SenderReport(7, (seconds << 32) | (wallMillis % 1000 * 4_294_967_296L / 1000), timestamp);
    }
}
