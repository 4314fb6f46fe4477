package dev.weir.simulcast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.Track;
import org.junit.jupiter.api.Test;

class ClipsTest {

    @Test
    void obsDefault_hasBFramesAndSoundOf44Kilohertz() {
        Clip clip = Clips.obsDefault(4);
        assertThat(clip.of(Track.VIDEO)).hasSize(120).anyMatch(unit -> unit.ptsMillis() > unit.dtsMillis() + 40);
        assertThat(clip.headers().video().width()).isEqualTo(360);
        assertThat(clip.headers().audio().sampleRate()).isEqualTo(44_100);
        assertThat(clip.units()).allMatch(unit -> unit.headers().version() == 1);
    }

    @Test
    void house_hasNoBFramesAndAKeyFrameEveryTwoSeconds() {
        Clip clip = Clips.house(4);
        assertThat(clip.of(Track.VIDEO)).allMatch(unit -> unit.ptsMillis() == unit.dtsMillis());
        assertThat(clip.of(Track.VIDEO).stream().filter(MediaUnit::key)).hasSize(2);
    }

    @Test
    void oddClips_areOddInTheirOwnWay() {
        assertThat(Clips.spsChange(4).headers().video().width()).isEqualTo(180);
        assertThat(Clips.spsChange(4).headers().version()).isEqualTo(2);
        assertThat(Clips.audioFirst(4).units().getFirst().headers().video()).isNull();
        assertThat(Clips.tenHourJump(4).units().getLast().dtsMillis()).isGreaterThan(Clips.TEN_HOURS_MILLIS);
        assertThat(Clips.mono(4).headers().audio().channels()).isEqualTo(1);
        assertThat(Clips.multiSlice(4).of(Track.VIDEO)).hasSize(120);
    }
}
