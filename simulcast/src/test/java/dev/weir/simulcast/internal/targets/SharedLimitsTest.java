package dev.weir.simulcast.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.TargetPreset;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.VideoLimits;
import dev.weir.simulcast.VideoLimits.Shape;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SharedLimitsTest {

    private static final VideoHeader PORTRAIT = picture(1080, 1920);
    private static final VideoHeader LANDSCAPE = picture(1920, 1080);

    private static VideoHeader picture(int width, int height) {
        return new VideoHeader(new byte[0], 4, width, height, 100, 40);
    }

    private static VideoLimits of(TargetPreset preset) {
        return Objects.requireNonNull(preset.limits());
    }

    @Test
    void platformsThatDifferByLittle_shareOneWhicheverIsAsked() {
        List<VideoLimits> all = List.of(of(TargetPreset.TIKTOK_LIVE), of(TargetPreset.INSTAGRAM_LIVE));
        VideoLimits shared = SharedLimits.of(all.getFirst(), all, PORTRAIT);
        assertThat(SharedLimits.of(all.getLast(), all, PORTRAIT)).isEqualTo(shared);
        assertThat(shared).isEqualTo(new VideoLimits(6000, 1920, 1080, 30, true, 4000, Shape.PORTRAIT));
    }

    @Test
    void platformThatTakesMuchMore_keepsItsOwn() {
        VideoLimits large = of(TargetPreset.YOUTUBE);
        assertThat(SharedLimits.of(large, List.of(large, of(TargetPreset.TIKTOK_LIVE)), PORTRAIT))
                .isEqualTo(large);
    }

    @Test
    void pictureThatIsTurnedForOne_isNotTurnedForTheOther() {
        VideoLimits any = of(TargetPreset.FACEBOOK);
        List<VideoLimits> all = List.of(any, of(TargetPreset.TIKTOK_LIVE));
        assertThat(SharedLimits.of(any, all, LANDSCAPE)).isEqualTo(any);
        assertThat(SharedLimits.of(any, all, null)).isEqualTo(any);
        assertThat(SharedLimits.of(any, all, PORTRAIT).shape()).isEqualTo(Shape.PORTRAIT);
    }
}
