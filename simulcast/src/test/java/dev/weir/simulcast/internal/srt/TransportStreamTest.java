package dev.weir.simulcast.internal.srt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.fuzz.Mutator;
import dev.weir.simulcast.internal.codec.MalformedMediaException;
import dev.weir.simulcast.testing.Frames;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransportStreamTest {

    private static Frames feed(byte[] stream, SplittableRandom random) {
        var frames = new Frames();
        var publication = new TsPublication(frames);
        for (int at = 0; at < stream.length; ) {
            int take = Math.min(stream.length - at, 1 + random.nextInt(1500));
            publication.feed(Arrays.copyOfRange(stream, at, at + take), take);
            at += take;
        }
        publication.end();
        return frames;
    }

    private static List<MediaUnit> of(Frames frames, Track track) {
        return frames.units().stream().filter(unit -> unit.track() == track).toList();
    }

    @Test
    void sampleOfFfmpeg_givesEveryPictureAndSoundWithItsTime() {
        Frames frames = feed(Mutator.corpus("ts").getFirst(), new SplittableRandom(1));
        assertThat(frames.headers().video().width()).isEqualTo(64);
        assertThat(frames.headers().audio().sampleRate()).isEqualTo(44_100);
        List<MediaUnit> pictures = of(frames, Track.VIDEO);
        assertThat(pictures).hasSize(8);
        assertThat(pictures.getFirst().key()).isTrue();
        assertThat(pictures).anyMatch(unit -> unit.ptsMillis() > unit.dtsMillis());
        for (int i = 1; i < pictures.size(); i++) {
            assertThat(pictures.get(i).dtsMillis() - pictures.get(i - 1).dtsMillis())
                    .isBetween(99L, 101L);
        }
        List<MediaUnit> sounds = of(frames, Track.AUDIO);
        assertThat(sounds).hasSizeGreaterThan(30);
        for (int i = 1; i < sounds.size(); i++) {
            assertThat(sounds.get(i).dtsMillis() - sounds.get(i - 1).dtsMillis())
                    .isBetween(22L, 25L);
        }
    }

    @Test
    void lostPacket_costsPicturesUpToTheNextKeyFrameAndNothingElse() {
        byte[] stream = Mutator.corpus("ts").getFirst();
        int lost = 188 * (stream.length / 188 / 2);
        byte[] gap = Arrays.copyOf(stream, stream.length - 188);
        System.arraycopy(stream, lost + 188, gap, lost, stream.length - lost - 188);
        Frames frames = feed(gap, new SplittableRandom(2));
        assertThat(frames.units().size()).isBetween(20, 45);
    }

    @Test
    void mutatedStreams_giveFramesOrSayWhatIsMalformed() {
        var random = new SplittableRandom(3);
        Mutator.of("ts", 18).feed(2000, input -> {
            try {
                assertThat(feed(input, random).units().size()).isLessThan(200);
            } catch (MalformedMediaException e) {
                assertThat(e.getMessage()).contains("expected");
            }
        });
    }
}
