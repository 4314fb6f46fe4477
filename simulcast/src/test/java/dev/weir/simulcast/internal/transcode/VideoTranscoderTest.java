package dev.weir.simulcast.internal.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.testing.Clips;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long do pictures stay in it? Counted in pictures, as no clock of a shared machine is. */
class VideoTranscoderTest {

    @Test
    void bFrame_leavesWithTheCallThatBringsIt() throws Exception {
        List<MediaUnit> pictures = Clips.obsDefault(4).of(Track.VIDEO);
        List<CodedFrame> made = new ArrayList<>();
        int atOnce = 0;
        var source = new PacketFanout();
        try (var transcoder = new VideoTranscoder(null, source::stats, Long.MIN_VALUE, made::add)) {
            for (MediaUnit picture : pictures) {
                source.publish(picture);
                transcoder.accept(picture, Effort.ALL);
                atOnce += !made.isEmpty() && made.getLast().ptsMillis() == picture.ptsMillis() ? 1 : 0;
            }
        }
        assertThat(made).hasSizeGreaterThanOrEqualTo(pictures.size() - 1);
        assertThat(atOnce).isGreaterThan(pictures.size() / 2);
    }
}
