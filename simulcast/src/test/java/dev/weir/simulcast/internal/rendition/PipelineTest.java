package dev.weir.simulcast.internal.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.StreamFit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.VideoLimits;
import dev.weir.simulcast.VideoLimits.Shape;
import dev.weir.simulcast.internal.codec.CodecHeaders;
import dev.weir.simulcast.internal.codec.NalUnits;
import dev.weir.simulcast.internal.codec.Reordering;
import dev.weir.simulcast.internal.transcode.AudioForm;
import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testing.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms, made from whole clips as fast as they can be. */
class PipelineTest {

    private static final Rendition WEBRTC = new Rendition.WebRtc();
    private static final Rendition AAC = new Rendition.Aac();

    private final PacketFanout source = new PacketFanout();

    private Clip make(Rendition form, Clip clip) throws InterruptedException {
        var fanout = new PacketFanout();
        List<MediaUnit> made = new ArrayList<>();
        try (var pipeline = new Pipeline(form, source::stats, fanout);
                var queue = fanout.subscribe(new ConsumerSpec("test", 600_000, 1L << 30), false)) {
            for (MediaUnit unit : clip.units()) {
                source.publish(unit);
                pipeline.accept(unit, 0);
                for (var next = queue.take(Duration.ZERO); next.isPresent(); next = queue.take(Duration.ZERO)) {
                    made.add(next.get());
                }
            }
        }
        assertTimesGrow(made);
        return new Clip(made);
    }

    private static void assertTimesGrow(List<MediaUnit> units) {
        long[] last = {Long.MIN_VALUE, Long.MIN_VALUE};
        int version = 0;
        for (MediaUnit unit : units) {
            assertThat(unit.dtsMillis()).isGreaterThan(last[unit.track().ordinal()]);
            assertThat(unit.headers().version()).isGreaterThanOrEqualTo(version);
            last[unit.track().ordinal()] = unit.dtsMillis();
            version = unit.headers().version();
        }
    }

    private static void assertForWebRtc(Clip clip) {
        assertThat(clip.of(Track.VIDEO)).allSatisfy(unit -> {
            List<byte[]> slices = NalUnits.ofLengths(unit.payload(), 4);
            assertThat(slices).hasSize(1);
            assertThat(NalUnits.sliceType(slices.getFirst()) % 5).isEqualTo(unit.key() ? 2 : 0);
            assertThat(unit.ptsMillis()).isEqualTo(unit.dtsMillis());
        });
        assertThat(clip.of(Track.AUDIO)).allMatch(unit -> unit.headers().audio().equals(AudioForm.OPUS.header()));
    }

    /** Mean distance of the tones from the white blocks, in milliseconds. */
    private static double soundAfterPicture(Clip clip) throws Exception {
        List<Long> flashes = Probe.flashes(clip.units());
        List<Long> tones = Probe.tones(clip.units());
        assertThat(flashes).hasSizeGreaterThanOrEqualTo(3);
        double sum = 0;
        int pairs = 0;
        for (long flash : flashes) {
            for (long tone : tones) {
                if (Math.abs(tone - flash) < 400) {
                    assertThat(tone - flash).isBetween(-100L, 100L);
                    sum += tone - flash;
                    pairs++;
                }
            }
        }
        assertThat(pairs).isGreaterThanOrEqualTo(flashes.size() * 2 / 3);
        return sum / pairs;
    }

    @Test
    void obsDefault_playsInABrowserForAMinuteWithSoundAndPictureTogether() throws Exception {
        Clip host = Clips.obsMinute();
        Clip made = make(WEBRTC, host);
        assertForWebRtc(made);
        assertThat(made.of(Track.VIDEO)).hasSizeBetween(1796, 1800);
        assertThat(made.of(Track.AUDIO)).hasSizeBetween(2990, 3002);
        assertThat(made.units().stream().map(MediaUnit::headers).distinct()).hasSize(1);
        long keys = made.of(Track.VIDEO).stream().filter(MediaUnit::key).count();
        assertThat(keys).isBetween(59L, 61L);
        assertThat(Probe.pictures(made.units())).hasSameSizeAs(made.of(Track.VIDEO));
        double offset = soundAfterPicture(made) - soundAfterPicture(host);
        assertThat(offset).isBetween(-10.0, 10.0);
        Clip end = made.only(unit -> unit.dtsMillis() > 50_000).fromKey();
        assertThat(soundAfterPicture(end) - soundAfterPicture(host)).isBetween(-40.0, 40.0);
    }

    @Test
    void houseProfile_isCopiedPictureByPicture() throws Exception {
        Clip host = Clips.house(6);
        Clip made = make(WEBRTC, host);
        assertThat(made.of(Track.VIDEO))
                .extracting(MediaUnit::payload)
                .containsExactlyElementsOf(
                        host.of(Track.VIDEO).stream().map(MediaUnit::payload).toList());
        assertThat(made.of(Track.AUDIO))
                .extracting(unit -> unit.headers().audio().codec())
                .containsOnly(AudioCodec.OPUS);
        assertThat(soundAfterPicture(made) - soundAfterPicture(host)).isBetween(-10.0, 10.0);
    }

    @Test
    void formThatTheHostHasAlready_isHandedOnAsItIs() throws Exception {
        Clip host = Clips.obsDefault(4);
        assertThat(make(AAC, host).units())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .isEqualTo(host.units());
    }

    @Test
    void multiSlicedPictures_areCopied() throws Exception {
        Clip made = make(WEBRTC, Clips.multiSlice(4));
        assertThat(NalUnits.ofLengths(made.of(Track.VIDEO).get(5).payload(), 4)).hasSizeGreaterThan(1);
    }

    @Test
    void monoSound_becomesStereoOpus() throws Exception {
        Clip host = Clips.mono(6);
        Clip made = make(WEBRTC, host);
        assertThat(soundAfterPicture(made) - soundAfterPicture(host)).isBetween(-10.0, 10.0);
    }

    @Test
    void opusHost_isMadeAacForTargetsAndRecordings() throws Exception {
        Clip opus = make(WEBRTC, Clips.house(10));
        Clip made = make(AAC, opus);
        assertThat(made.of(Track.AUDIO)).allMatch(unit -> unit.headers().audio().equals(AudioForm.AAC.header()));
        assertThat(made.of(Track.AUDIO)).hasSizeBetween(460, 470);
        assertThat(soundAfterPicture(made) - soundAfterPicture(opus)).isBetween(-15.0, 15.0);
    }

    @Test
    void headersOfTheHost_areKnownBeforeTheFirstSoundIsMade() throws Exception {
        MediaUnit first = make(WEBRTC, Clips.house(2)).units().getFirst();
        assertThat(first.track()).isEqualTo(Track.VIDEO);
        assertThat(first.headers().audio()).isEqualTo(AudioForm.OPUS.header());
    }

    @Test
    void bFramesInMidLive_areCodedAnewWithoutLosingAPicture() throws Exception {
        Clip host = Clips.house(4).then(Clips.obsDefault(4), 33);
        Clip made = make(WEBRTC, host);
        assertThat(made.of(Track.VIDEO)).hasSizeBetween(236, 240);
        assertThat(Probe.pictures(made.units())).hasSameSizeAs(made.of(Track.VIDEO));
        Clip back = make(WEBRTC, Clips.obsDefault(4).then(Clips.house(4), 33));
        assertThat(back.of(Track.VIDEO).getLast().payload())
                .isEqualTo(Clips.house(4).of(Track.VIDEO).getLast().payload());
        assertThat(back.of(Track.VIDEO)).hasSizeBetween(236, 240);
    }

    @Test
    void bFramesThatTheHeaderConceals_areFoundInTheMiddleOfAGop() throws Exception {
        Clip clip = Clips.obsDefault(6);
        List<MediaUnit> units = new ArrayList<>();
        VideoHeader open = clip.headers().video();
        VideoHeader silent = new VideoHeader(silentSps(open.avcConfig()), 4, 360, 640, 100, 30);
        assertThat(Reordering.of(silent)).isEqualTo(Reordering.POSSIBLE);
        for (MediaUnit unit : clip.units()) {
            var headers = new StreamHeaders(1, silent, unit.headers().audio());
            boolean early = unit.dtsMillis() < 1000;
            // As if the host had sent no B-frames for a second: only pictures that nobody misses are left out.
            boolean late = unit.track() == Track.VIDEO && early && NalUnits.hasBSlice(unit.payload(), 4);
            long pts = early ? unit.dtsMillis() : unit.ptsMillis();
            if (!late) {
                units.add(unit.at(unit.dtsMillis(), pts, headers));
            }
        }
        Clip made = make(WEBRTC, new Clip(units));
        assertThat(made.of(Track.VIDEO).getFirst().headers().video()).isSameAs(silent);
        assertForWebRtc(made.only(unit -> unit.dtsMillis() > 1200));
        Probe.pictures(made.units());
    }

    /** The same parameter set with its optional part cut off. */
    private static byte[] silentSps(byte[] avcConfig) {
        return SpsEdit.withoutVui(avcConfig);
    }

    @Test
    void newPictureSettings_areFollowed() throws Exception {
        Clip made = make(WEBRTC, Clips.spsChange(8));
        assertThat(Probe.pictures(made.units()))
                .extracting(Probe.Picture::width)
                .contains(360, 180);
        Clip coded = make(new Rendition.Limited(new VideoLimits(800, 320, 180, 30, false)), Clips.spsChange(8));
        assertThat(Probe.pictures(coded.units())).hasSizeBetween(230, 240);
    }

    @Test
    void soundFirst_isFollowedByThePicture() throws Exception {
        Clip made = make(WEBRTC, Clips.audioFirst(6));
        assertThat(made.units().getFirst().headers()).matches(headers -> headers.video() == null);
        assertThat(made.of(Track.AUDIO)).hasSizeGreaterThan(290);
        assertThat(made.of(Track.VIDEO)).hasSize(120).first().matches(MediaUnit::key);
        assertThat(soundAfterPicture(made)).isBetween(-60.0, 60.0);
    }

    @Test
    void gapInTheSound_isFilledWhenShortAndJumpedWhenLong() throws Exception {
        Clip host = Clips.house(8);
        Clip made = make(
                WEBRTC,
                host.only(unit -> unit.track() == Track.VIDEO
                        || unit.dtsMillis() < 1500
                        || (unit.dtsMillis() > 1900 && unit.dtsMillis() < 3200)
                        || unit.dtsMillis() > 5500));
        List<MediaUnit> sound = made.of(Track.AUDIO);
        long longest = 0;
        int jumps = 0;
        for (int i = 1; i < sound.size(); i++) {
            long step = sound.get(i).dtsMillis() - sound.get(i - 1).dtsMillis();
            longest = Math.max(longest, step);
            jumps += step > 25 ? 1 : 0;
        }
        assertThat(jumps).isEqualTo(1);
        assertThat(longest).isBetween(2200L, 2400L);
        assertThat(soundAfterPicture(made) - soundAfterPicture(host)).isBetween(-15.0, 15.0);
    }

    @Test
    void clockThatDrifts_isFollowedWithoutGaps() throws Exception {
        List<MediaUnit> units = new ArrayList<>();
        for (MediaUnit unit : Clips.obsMinute().units()) {
            long time = unit.track() == Track.VIDEO ? unit.dtsMillis() : unit.dtsMillis() * 1002 / 1000;
            units.add(unit.track() == Track.VIDEO ? unit : unit.at(time, time, unit.headers()));
        }
        List<MediaUnit> sound = make(WEBRTC, new Clip(units)).of(Track.AUDIO);
        for (int i = 1; i < sound.size(); i++) {
            assertThat(sound.get(i).dtsMillis() - sound.get(i - 1).dtsMillis()).isEqualTo(20);
        }
        assertThat(sound.getLast().dtsMillis()).isBetween(60_040L, 60_160L);
    }

    @Test
    void damagedFrames_endNothing() throws Exception {
        List<MediaUnit> units = new ArrayList<>();
        int index = 0;
        for (MediaUnit unit : Clips.obsDefault(6).units()) {
            boolean damage = ++index % 37 == 0;
            units.add(
                    damage
                            ? new MediaUnit(
                                    unit.track(),
                                    unit.dtsMillis(),
                                    unit.ptsMillis(),
                                    unit.key(),
                                    new byte[] {1, 2, 3, 4, 5, 6, 7},
                                    unit.headers())
                            : unit);
        }
        Clip made = make(WEBRTC, new Clip(units));
        assertThat(made.of(Track.VIDEO)).hasSizeGreaterThan(150);
        assertThat(made.of(Track.AUDIO)).hasSizeGreaterThan(280);
    }

    @Test
    void limits_areKept() throws Exception {
        var limits = new VideoLimits(500, 240, 136, 15, false);
        Clip made = make(new Rendition.Limited(limits), Clips.obsMinute());
        assertThat(made.of(Track.VIDEO)).hasSizeBetween(880, 902);
        assertThat(made.headers().video().width()).isEqualTo(134);
        assertThat(made.headers().video().height()).isEqualTo(240);
        var fanout = new PacketFanout();
        for (MediaUnit unit : made.units()) {
            fanout.publish(unit);
            if (unit.startsGop() && unit.dtsMillis() > 3000) {
                assertThat(StreamFit.check(unit.headers(), fanout.stats(), limits))
                        .isEmpty();
            }
        }
        long bytes = made.units().stream().mapToLong(MediaUnit::size).sum();
        assertThat(bytes * 8 / 60 / 1000).isBetween(250L, 500L);
    }

    @Test
    void landscapeForAPortraitTarget_standsInABlackFrame() throws Exception {
        var limits = new VideoLimits(2000, 1280, 720, 30, true).only(Shape.PORTRAIT);
        Clip made = make(new Rendition.Limited(limits), Clips.landscape(4));
        assertThat(made.headers().video().width()).isEqualTo(360);
        assertThat(made.headers().video().height()).isEqualTo(640);
        assertThat(Probe.pictures(made.units())).hasSizeBetween(118, 120).noneMatch(Probe.Picture::white);
    }

    @Test
    void soundThatNoDecoderTakes_leavesThePicture() throws Exception {
        List<MediaUnit> units = new ArrayList<>();
        for (MediaUnit unit : Clips.house(4).units()) {
            var bad = new StreamHeaders(
                    1, unit.headers().video(), CodecHeaders.aac(new byte[] {(byte) 0xF8, (byte) 0xE6, 0x40, 0x0, 0x0}));
            units.add(unit.at(unit.dtsMillis(), unit.ptsMillis(), bad));
        }
        Clip made = make(WEBRTC, new Clip(units));
        assertThat(made.of(Track.VIDEO)).hasSize(120);
    }
}
