package dev.weir.simulcast.internal.hls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is served, decoded by somebody else's decoder. */
class ServedStreamTest {

    @TempDir
    Path folder;

    @Test
    void bFrames_everyPictureOfTheSegmentsDecodes() throws Exception {
        Clip clip = Clips.obsDefault(6);
        var served = Served.of(clip);
        List<Path> files = served.ranges(folder, served.playlist());
        assertThat(Served.pictures(files)).isEqualTo(180);
        assertThat(Served.sounds(files)).isBetween((long) clip.of(Track.AUDIO).size() - 3, (long)
                clip.of(Track.AUDIO).size());
    }

    @Test
    void bFrames_areShownInTheHostsOrderAtTheHostsTimes() throws Exception {
        Clip clip = Clips.obsDefault(6);
        var served = Served.of(clip);
        Path file = served.ranges(folder, served.playlist()).getFirst();
        List<Served.Times> times = Served.times(file);
        List<MediaUnit> host = clip.fromKey().of(Track.VIDEO);
        assertThat(times).hasSameSizeAs(host);
        long offset = times.getFirst().dtsMillis() - host.getFirst().dtsMillis();
        long reordered = 0;
        for (int i = 0; i < host.size(); i++) {
            MediaUnit unit = host.get(i);
            assertThat(times.get(i).dtsMillis() - offset).isBetween(unit.dtsMillis() - 1, unit.dtsMillis() + 1);
            assertThat(times.get(i).ptsMillis() - offset).isBetween(unit.ptsMillis() - 1, unit.ptsMillis() + 1);
            reordered += unit.ptsMillis() > unit.dtsMillis() ? 1 : 0;
        }
        assertThat(reordered).isGreaterThan(60);
        assertThat(Served.shown(file)).hasSize(180).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void initAndParts_areTheSameStreamAsInitAndSegments() throws Exception {
        var served = new Served();
        served.feed(Clips.obsDefault(6));
        String playlist = served.playlist();
        List<String> names = new ArrayList<>(Served.all(playlist, "URI=\"(init[^\"]+)\""));
        names.addAll(Served.all(playlist, "PART:.*URI=\"([^\"]+)\""));
        List<Path> parts = List.of(served.joined(folder.resolve("parts.mp4"), names));
        assertThat(Served.pictures(parts)).isBetween(170L, 180L);
    }

    @Test
    void cdnSegments_areLongerAndHoldTheSamePictures() throws Exception {
        var served = Served.of(Clips.obsDefault(10));
        String cdn = served.cdn();
        assertThat(cdn).doesNotContain("EXT-X-PART").endsWith("#EXT-X-ENDLIST\n");
        assertThat(Served.all(cdn, "EXTINF:([\\d.]+)").subList(0, 2))
                .allMatch(seconds -> Double.parseDouble(seconds) >= 3.9 && Double.parseDouble(seconds) <= 6.1);
        assertThat(Served.pictures(served.ranges(folder, cdn))).isEqualTo(300);
    }

    @Test
    void otherPictureSize_beginsANewInitAndDecodes() throws Exception {
        var served = Served.of(Clips.spsChange(8));
        String playlist = served.playlist();
        assertThat(Served.all(playlist, "(#EXT-X-DISCONTINUITY)$")).hasSize(1);
        assertThat(Served.all(playlist, "(#EXT-X-MAP)")).hasSize(2);
        assertThat(Served.pictures(served.ranges(folder, playlist))).isEqualTo(240);
    }

    @Test
    void tenHourJump_isADiscontinuityAndDecodes() throws Exception {
        var served = Served.of(Clips.tenHourJump(8));
        String playlist = served.playlist();
        assertThat(Served.all(playlist, "(#EXT-X-DISCONTINUITY)$")).hasSize(1);
        assertThat(Served.all(playlist, "(#EXT-X-MAP)")).hasSize(1);
        assertThat(Served.pictures(served.ranges(folder, playlist))).isEqualTo(240);
    }

    @Test
    void soundAloneForTwoSeconds_waitsForThePicture() throws Exception {
        var served = Served.of(Clips.audioFirst(6));
        String playlist = served.playlist();
        assertThat(playlist).doesNotContain("#EXT-X-DISCONTINUITY\n");
        assertThat(Served.pictures(served.ranges(folder, playlist))).isEqualTo(120);
    }

    @Test
    void soundAloneForLonger_isPlayedAloneUntilAPictureComes() throws Exception {
        Clip clip = Clips.house(12);
        Clip alone = clip.only(unit -> unit.track() == Track.AUDIO && unit.dtsMillis() < 8000);
        AudioHeader sound = alone.headers().audio();
        var served = new Served();
        served.feed(new Clip(alone.units().stream()
                .map(unit -> unit.at(unit.dtsMillis(), unit.ptsMillis(), new StreamHeaders(1, null, sound)))
                .toList()));
        assertThat(served.playlist()).contains("#EXTINF:2.0");
        served.feed(new Clip(clip.only(unit -> unit.dtsMillis() >= 8000).fromKey().units().stream()
                .map(unit -> unit.at(
                        unit.dtsMillis(), unit.ptsMillis(), unit.headers().withVersion(2)))
                .toList()));
        served.segmenter.end();
        String playlist = served.playlist();
        assertThat(Served.all(playlist, "(#EXT-X-DISCONTINUITY)$")).hasSize(1);
        assertThat(Served.all(playlist, "(#EXT-X-MAP)")).hasSize(2);
        List<Path> files = served.ranges(folder, playlist);
        assertThat(Served.sounds(files.subList(0, 1))).isBetween(130L, 142L);
        assertThat(Served.pictures(files.subList(1, 2))).isBetween(60L, 120L);
    }

    @Test
    void lateSound_joinsAtTheNextKeyFrameWithoutLosingAPicture() throws Exception {
        Clip clip = Clips.house(8);
        var served = Served.of(new Clip(
                clip.only(unit -> unit.track() == Track.VIDEO || unit.dtsMillis() >= 3000).units().stream()
                        .map(unit -> unit.dtsMillis() >= 3000
                                ? unit.at(
                                        unit.dtsMillis(),
                                        unit.ptsMillis(),
                                        unit.headers().withVersion(2))
                                : unit.at(
                                        unit.dtsMillis(),
                                        unit.ptsMillis(),
                                        new StreamHeaders(1, unit.headers().video(), null)))
                        .toList()));
        String playlist = served.playlist();
        assertThat(Served.all(playlist, "(#EXT-X-MAP)")).hasSize(2);
        assertThat(Served.all(playlist, "(#EXT-X-DISCONTINUITY)$")).hasSize(1);
        List<Path> files = served.ranges(folder, playlist);
        assertThat(Served.pictures(files)).isEqualTo(240);
        assertThat(Served.sounds(files)).isBetween(180L, 190L);
    }
}
