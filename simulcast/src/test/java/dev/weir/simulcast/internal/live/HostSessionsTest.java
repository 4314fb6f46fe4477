package dev.weir.simulcast.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.LivePhase;
import dev.weir.simulcast.MediaAnchor;
import dev.weir.simulcast.MediaTime;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.SlateImage;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testing.Probe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What viewers get while a host comes, drops out, comes back or stays away; time is moved by the tests. */
class HostSessionsTest {

    @TempDir
    Path folder;

    private final MovedTime time = new MovedTime();
    private final PacketFanout fanout = new PacketFanout();
    private final List<String> news = new ArrayList<>();
    private final List<MediaAnchor> anchors = new ArrayList<>();
    private HostSessions hosts = hosts(new Stills(null));
    private Clip clip;

    private HostSessions hosts(Stills stills) {
        var absence = new HostSessions.Absence(Duration.ofSeconds(30), Duration.ofSeconds(3), stills);
        return new HostSessions(fanout, time, absence, 0, new Heard());
    }

    private final class Heard implements EpochEvents {
        @Override
        public void began(int epoch, long startMillis) {
            news.add("began " + epoch);
        }

        @Override
        public void ended(String reason) {}

        @Override
        public void anchored(MediaAnchor anchor) {
            anchors.add(anchor);
        }

        @Override
        public void hostCame() {
            news.add("came");
        }

        @Override
        public void hostLeft(String reason) {
            news.add("left");
        }

        @Override
        public void hostStopped(String reason) {
            news.add("stopped");
        }

        @Override
        public void tellEnded(String reason) {
            news.add("ended: " + reason);
        }
    }

    @BeforeEach
    void makeClip() throws Exception {
        clip = Clips.house(6);
        Silence.prepare(clip.headers().audio());
        org.awaitility.Awaitility.await()
                .until(() -> Silence.of(clip.headers().audio()).isPresent());
    }

    /** Sends the frames at the speed of their times. */
    private void play(StreamSink host, List<MediaUnit> units) {
        long from = units.getFirst().dtsMillis();
        long began = time.millis();
        for (MediaUnit unit : units) {
            time.moveTo(began + unit.dtsMillis() - from);
            hosts.tick();
            host.unit(unit);
        }
    }

    private void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 20) {
            time.move(20);
            hosts.tick();
        }
    }

    private static List<MediaUnit> drain(Subscription subscription) throws InterruptedException {
        List<MediaUnit> units = new ArrayList<>();
        Optional<MediaUnit> unit = subscription.take(Duration.ZERO);
        while (unit.isPresent()) {
            units.add(unit.get());
            unit = subscription.take(Duration.ZERO);
        }
        return units;
    }

    private static long bitsPerSecond(List<MediaUnit> units) {
        long bits = units.stream().mapToLong(unit -> unit.size() * 8L).sum();
        return bits * 1000 / (units.getLast().dtsMillis() - units.getFirst().dtsMillis());
    }

    private Subscription watch() {
        return fanout.subscribe(new ConsumerSpec("viewer", 1_000_000, Long.MAX_VALUE), false);
    }

    private static List<MediaUnit> of(List<MediaUnit> units, Track track) {
        return units.stream().filter(unit -> unit.track() == track).toList();
    }

    private static void assertStrictlyGrowing(List<MediaUnit> units) {
        for (Track track : Track.values()) {
            assertThat(of(units, track).stream().map(MediaUnit::dtsMillis).toList())
                    .isSortedAccordingTo(Long::compare)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void hostThatDropsAndReturns_isBridgedByPictureAndSilence() throws Exception {
        Subscription viewer = watch();
        StreamSink first = hosts.open();
        play(first, clip.units());
        first.closed("connection lost");
        assertThat(hosts.phase()).isEqualTo(LivePhase.GAP);
        pass(5000);
        assertThat(viewer.isClosed()).isFalse();
        StreamSink second = hosts.open();
        pass(200);
        play(second, clip.units());
        assertThat(hosts.phase()).isEqualTo(LivePhase.ON_AIR);
        List<MediaUnit> seen = drain(viewer);
        assertStrictlyGrowing(seen);
        assertThat(seen.stream().map(unit -> unit.headers().version()).distinct())
                .containsExactly(1, 2, 3);
        List<MediaUnit> slate =
                seen.stream().filter(unit -> unit.headers().version() == 2).toList();
        assertThat(of(slate, Track.VIDEO)).hasSizeBetween(10, 53).allMatch(MediaUnit::key);
        assertThat(of(slate, Track.AUDIO)).hasSizeBetween(235, 250);
        assertThat(slate.getFirst().startsGop()).isTrue();
        assertThat(bitsPerSecond(slate)).isLessThanOrEqualTo(bitsPerSecond(clip.units()));
        long last = seen.getLast().dtsMillis();
        assertThat(last).isBetween(11_000L + 5200 - 50, 12_000L + 5200 + 50);
        assertThat(news).containsExactly("came", "began 0", "left", "came");
    }

    private SlateImage whiteImage() throws Exception {
        var image = new java.awt.image.BufferedImage(90, 160, java.awt.image.BufferedImage.TYPE_INT_RGB);
        java.util.Arrays.fill(((java.awt.image.DataBufferInt) image.getRaster().getDataBuffer()).getData(), 0xFFFFFF);
        Path file = folder.resolve("slate.png");
        javax.imageio.ImageIO.write(image, "png", file.toFile());
        return SlateImage.read(file);
    }

    @Test
    void imageOfTheOperator_isShownInTheGapAndEveryPictureDecodes() throws Exception {
        var stills = new Stills(whiteImage());
        hosts = hosts(stills);
        VideoHeader theirs = clip.headers().video();
        org.awaitility.Awaitility.await().until(() -> stills.of(theirs).isPresent());
        Subscription viewer = watch();
        StreamSink first = hosts.open();
        play(first, clip.units());
        first.closed("connection lost");
        pass(5000);
        play(hosts.open(), clip.units());
        List<MediaUnit> seen = drain(viewer);
        assertStrictlyGrowing(seen);
        List<MediaUnit> slate =
                seen.stream().filter(unit -> unit.headers().version() == 2).toList();
        VideoHeader shown = slate.getFirst().headers().video();
        assertThat(shown.width()).isEqualTo(theirs.width());
        assertThat(shown.height()).isEqualTo(theirs.height());
        assertThat(Probe.pictures(slate))
                .hasSizeBetween(10, 53)
                .allMatch(Probe.Picture::white)
                .allMatch(picture -> picture.width() == theirs.width());
        assertThat(seen.getLast().headers().video().avcConfig()).isEqualTo(theirs.avcConfig());
        assertThat(Probe.pictures(seen)).hasSameSizeAs(of(seen, Track.VIDEO));
    }

    @Test
    void slateThatIsNoImage_isRefusedWithItsName() throws Exception {
        Path file = Files.writeString(folder.resolve("slate.txt"), "no image");
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> SlateImage.read(file))
                .withMessageContaining("slate.txt (expected: PNG or JPEG)");
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> SlateImage.read(folder.resolve("none.png")))
                .withMessageContaining("none.png (expected: a readable PNG or JPEG file)");
    }

    @Test
    void cameraThatDies_isReplacedByItsLastPictureUntilItsNextKeyFrame() throws Exception {
        clip = Clips.house(12);
        Subscription viewer = watch();
        StreamSink host = hosts.open();
        play(
                host,
                clip.only(unit -> unit.track() == Track.AUDIO || unit.dtsMillis() < 1500 || unit.dtsMillis() > 8500)
                        .units());
        List<MediaUnit> seen = drain(viewer);
        assertStrictlyGrowing(seen);
        List<MediaUnit> pictures = of(seen, Track.VIDEO);
        assertThat(pictures)
                .filteredOn(unit -> unit.dtsMillis() > 4500 && unit.dtsMillis() < 8500)
                .hasSizeGreaterThan(7)
                .allMatch(MediaUnit::key);
        assertThat(pictures.stream()
                        .filter(unit -> unit.dtsMillis() > 9900 && !unit.key())
                        .findFirst()
                        .orElseThrow()
                        .dtsMillis())
                .isGreaterThan(10_000);
        assertThat(seen.stream().map(unit -> unit.headers().version()).distinct())
                .hasSize(1);
        assertThat(Probe.pictures(seen)).hasSameSizeAs(pictures);
        assertThat(of(seen, Track.AUDIO))
                .filteredOn(unit -> unit.dtsMillis() > 1000)
                .hasSameSizeAs(clip.only(unit -> unit.dtsMillis() > 1000).of(Track.AUDIO));
        assertThat(hosts.phase()).isEqualTo(LivePhase.ON_AIR);
    }

    @Test
    void microphoneThatDies_isReplacedBySilence() throws Exception {
        clip = Clips.house(12);
        Subscription viewer = watch();
        play(
                hosts.open(),
                clip.only(unit -> unit.track() == Track.VIDEO || unit.dtsMillis() < 1500 || unit.dtsMillis() > 8500)
                        .units());
        List<MediaUnit> seen = drain(viewer);
        assertStrictlyGrowing(seen);
        assertThat(of(seen, Track.AUDIO)).hasSizeBetween(555, 566);
        assertThat(of(seen, Track.VIDEO)).hasSameSizeAs(clip.of(Track.VIDEO));
        assertThat(Probe.tones(seen))
                .noneMatch(tone -> tone > 1700 && tone < 8300)
                .anyMatch(tone -> tone > 8500);
    }

    @Test
    void trackThatNeverCame_isNotMissed() throws Exception {
        Subscription viewer = watch();
        play(hosts.open(), clip.only(unit -> unit.track() == Track.AUDIO).units());
        assertThat(of(drain(viewer), Track.VIDEO)).isEmpty();
        play(hosts.open(), clip.only(unit -> unit.track() == Track.VIDEO).units());
        assertThat(hosts.phase()).isEqualTo(LivePhase.ON_AIR);
    }

    @Test
    void picturesOfAHostWithBFrames_areNotOvertakenByTheSlate() throws Exception {
        Subscription viewer = watch();
        StreamSink host = hosts.open();
        play(host, Clips.obsDefault(6).units());
        host.closed("connection lost");
        pass(1000);
        List<MediaUnit> pictures = of(drain(viewer), Track.VIDEO);
        long shown = 0;
        for (MediaUnit unit : pictures) {
            if (unit.key()) {
                assertThat(unit.ptsMillis()).isGreaterThan(shown);
            }
            shown = Math.max(shown, unit.ptsMillis());
        }
        assertThat(pictures.getLast().headers().version()).isEqualTo(2);
    }

    @Test
    void hostThatReturns_goesOnWithItsFirstKeyFrameOnly() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Subscription viewer = watch();
        StreamSink host = hosts.open();
        host.control(new HostControl() {
            @Override
            public void requestKeyFrame() {
                asked.incrementAndGet();
            }
        });
        play(host, clip.only(unit -> unit.dtsMillis() < 3000).units());
        pass(2000);
        assertThat(hosts.phase()).isEqualTo(LivePhase.GAP);
        play(host, clip.only(unit -> unit.dtsMillis() >= 3000).units());
        List<MediaUnit> back = drain(viewer).stream()
                .filter(unit -> unit.headers().version() == 3)
                .toList();
        assertThat(back.getFirst().startsGop()).isTrue();
        assertThat(of(back, Track.VIDEO)).hasSize(60);
        assertThat(asked.get()).isBetween(1, 2);
    }

    @Test
    void hostThatStaysAway_endsTheEpochAndTheNextHostBeginsAnother() throws Exception {
        Subscription viewer = watch();
        StreamSink host = hosts.open();
        play(host, clip.units());
        host.closed("connection lost");
        pass(29_000);
        assertThat(viewer.isClosed()).isFalse();
        pass(1500);
        assertThat(viewer.isClosed()).isTrue();
        assertThat(hosts.phase()).isEqualTo(LivePhase.ENDED);
        assertThat(hosts.endedReason()).isEqualTo("the host was gone for 30 s");
        assertThat(hosts.mediaTime()).isEmpty();
        assertThat(fanout.headers().video()).isNull();
        List<MediaUnit> before = drain(viewer);
        Subscription next = watch();
        pass(100_000);
        play(hosts.open(), clip.units());
        assertThat(hosts.mediaTime().orElseThrow().epoch()).isEqualTo(1);
        assertThat(hosts.mediaTime().orElseThrow().millis()).isBetween(5500L, 6100L);
        List<MediaUnit> after = drain(next);
        assertThat(after.getFirst().dtsMillis()).isGreaterThan(before.getLast().dtsMillis());
        assertThat(news)
                .containsExactly("came", "began 0", "left", "ended: the host was gone for 30 s", "came", "began 1");
    }

    @Test
    void hostThatStops_isToldFromOneThatIsLostAndMayStillComeBack() {
        StreamSink host = hosts.open();
        play(host, clip.units());
        host.stopped("the encoder sent deleteStream");
        assertThat(hosts.stopped()).isTrue();
        pass(20_000);
        assertThat(hosts.phase()).isEqualTo(LivePhase.GAP);
        StreamSink back = hosts.open();
        assertThat(hosts.stopped()).isFalse();
        play(back, clip.units());
        assertThat(hosts.epoch()).isZero();
        back.stopped("the encoder sent deleteStream");
        back.closed("connection lost");
        pass(31_000);
        assertThat(hosts.endedReason()).isEqualTo("the host had stopped and did not come back for 30 s");
        assertThat(news)
                .containsExactly("came", "began 0", "stopped", "came", "stopped", "ended: " + hosts.endedReason());
    }

    @Test
    void hostThatNeverSent_beginsAndEndsNothing() {
        hosts.open().closed("connection lost");
        pass(40_000);
        assertThat(hosts.phase()).isEqualTo(LivePhase.WAITING);
        assertThat(news).containsExactly("came", "left");
    }

    @Test
    void takeover_ignoresTheGhost() throws Exception {
        Subscription viewer = watch();
        StreamSink ghost = hosts.open();
        play(ghost, clip.units());
        StreamSink next = hosts.open();
        ghost.unit(clip.units().getLast());
        ghost.closed("timeout");
        assertThat(hosts.present()).isTrue();
        play(next, clip.units());
        List<MediaUnit> seen = drain(viewer);
        assertThat(of(seen, Track.VIDEO)).hasSize(360);
        assertStrictlyGrowing(seen);
    }

    @Test
    void mediaTime_growsThroughGapsAndAnchorsFindEveryMomentWithinAFrame() {
        StreamSink host = hosts.open();
        play(host, clip.units());
        List<Instant> moments = new ArrayList<>(List.of(time.instant()));
        List<MediaTime> places = new ArrayList<>(List.of(hosts.mediaTime().orElseThrow()));
        host.closed("connection lost");
        for (int i = 0; i < 8; i++) {
            pass(1000);
            moments.add(time.instant());
            places.add(hosts.mediaTime().orElseThrow());
        }
        StreamSink back = hosts.open();
        play(back, clip.shifted(Clips.TEN_HOURS_MILLIS).units());
        moments.add(time.instant());
        places.add(hosts.mediaTime().orElseThrow());
        for (int i = 0; i < moments.size(); i++) {
            MediaTime found = hosts.mediaTimeAt(moments.get(i)).orElseThrow();
            assertThat(found.millis()).isCloseTo(places.get(i).millis(), org.assertj.core.data.Offset.offset(33L));
        }
        assertThat(places).isSortedAccordingTo((a, b) -> Long.compare(a.millis(), b.millis()));
        assertThat(anchors).hasSizeBetween(3, 8).allMatch(anchor -> anchor.epoch() == 0);
        assertThat(hosts.mediaTimeAt(Instant.EPOCH)).isEmpty();
    }

    @Test
    void hostWhoseClockRunsFast_isAnchoredAgain() {
        StreamSink host = hosts.open();
        for (int minute = 0; minute < 3; minute++) {
            for (MediaUnit unit : clip.units()) {
                long at = minute * 60_000L + unit.dtsMillis() * 10;
                time.moveTo(at * 999 / 1000);
                hosts.tick();
                host.unit(unit.at(at, at, unit.headers()));
            }
        }
        long now = hosts.mediaTime().orElseThrow().millis();
        assertThat(hosts.mediaTimeAt(time.instant()).orElseThrow().millis())
                .isCloseTo(now, org.assertj.core.data.Offset.offset(33L));
        assertThat(anchors.size()).isBetween(10, 40);
    }
}
