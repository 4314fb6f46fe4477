package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.simulcast.VideoLimits.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamFitTest {

    private static final VideoLimits LIMITS = new VideoLimits(6000, 1280, 720, 30, true);
    private static final FanoutStats CALM = stats(3_000_000, 30, 2000, false);

    private static FanoutStats stats(long bits, double fps, long gopMillis, boolean bFrames) {
        return new FanoutStats(1, 1, bits, fps, gopMillis, bFrames, 0, 1);
    }

    private static StreamHeaders picture(int width, int height, int profile) {
        return new StreamHeaders(1, new VideoHeader(new byte[0], 4, width, height, profile, 31), null);
    }

    private static List<String> words(StreamHeaders headers, FanoutStats stats, VideoLimits limits) {
        return StreamFit.check(headers, stats, limits).stream()
                .map(Misfit::words)
                .toList();
    }

    @Test
    void houseProfile_fits() {
        assertThat(words(picture(720, 1280, 77), CALM, LIMITS)).isEmpty();
        assertThat(words(picture(1280, 720, 100), stats(6_200_000, 30.4, 4100, true), LIMITS))
                .isEmpty();
    }

    @Test
    void everyMisfit_saysWhatItIsAndWhatIsTaken() {
        assertThat(words(
                        picture(1080, 1920, 110),
                        stats(8_200_000, 59.9, 8333, true),
                        new VideoLimits(6000, 1280, 720, 30, false)))
                .containsExactly(
                        "bitrate: 8200 kbit/s (this target takes up to 6000)",
                        "picture size: 1080x1920 (this target takes up to 720x1280)",
                        "H.264 profile: High 10 (this target takes up to High)",
                        "pictures a second: 60 (this target takes up to 30)",
                        "B-frames: yes (this target takes none)",
                        "time between key frames: 8.3 s (this target takes up to 4.0 s)");
    }

    @Test
    void landscape_doesNotFitAPortraitTarget() {
        assertThat(words(picture(1280, 720, 77), CALM, LIMITS.only(Shape.PORTRAIT)))
                .containsExactly("picture shape: 1280x720 (this target takes portrait only)");
        assertThat(words(picture(1280, 720, 77), CALM, LIMITS.only(Shape.LANDSCAPE)))
                .isEmpty();
    }

    @Test
    void longEdge_countsWhicheverWayRound() {
        assertThat(words(picture(1000, 1000, 77), CALM, LIMITS))
                .containsExactly("picture size: 1000x1000 (this target takes up to 1280x720)");
    }

    @Test
    void whatIsNotKnownYet_isNoMisfit() {
        assertThat(words(StreamHeaders.NONE, stats(0, 0, 0, false), LIMITS)).isEmpty();
        assertThat(words(picture(720, 1280, 77), stats(0, 0, 0, false), LIMITS)).isEmpty();
    }

    @Test
    void limitsOutOfRange_areRefusedByName() {
        assertThatThrownBy(() -> new VideoLimits(6000, 1280, 8, 30, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxShortEdge: 8 (expected: 16..)");
    }
}
