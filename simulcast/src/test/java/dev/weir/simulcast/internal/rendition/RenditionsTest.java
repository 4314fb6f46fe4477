package dev.weir.simulcast.internal.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoLimits;
import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who makes a form, for whom, and for how long. */
class RenditionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Rendition WEBRTC = new Rendition.WebRtc();
    private static final Rendition LIMITED = new Rendition.Limited(new VideoLimits(800, 320, 180, 30, false));

    private final PacketFanout source = new PacketFanout();
    private final Renditions renditions = new Renditions(source, Duration.ofMillis(300));

    @AfterEach
    void stop() {
        renditions.close();
        source.close();
    }

    private static List<MediaUnit> take(Subscription queue, int count) throws InterruptedException {
        List<MediaUnit> units = new ArrayList<>();
        while (units.size() < count) {
            units.add(queue.take(PATIENCE).orElseThrow());
        }
        return units;
    }

    private static List<MediaUnit> takeUntil(Subscription queue, long millis) throws InterruptedException {
        List<MediaUnit> units = new ArrayList<>();
        while (millis > 0 && (units.isEmpty() || units.getLast().dtsMillis() < millis)) {
            units.add(queue.take(PATIENCE).orElseThrow());
        }
        return units;
    }

    private static Subscription subscribe(RenditionLease lease) {
        return lease.fanout().subscribe(ConsumerSpec.named("test"), true);
    }

    @Test
    void sourceItself_isTheHostsFanout() {
        try (RenditionLease lease = renditions.open(new Rendition.Source())) {
            assertThat(lease.fanout()).isSameAs(source);
            assertThat(renditions.active()).isZero();
        }
    }

    @Test
    void leasesOfOneForm_shareOneWorkerAndEqualLimitsAreOneForm() {
        try (RenditionLease one = renditions.open(WEBRTC);
                RenditionLease two = renditions.open(new Rendition.WebRtc());
                RenditionLease three = renditions.open(LIMITED);
                RenditionLease four =
                        renditions.open(new Rendition.Limited(new VideoLimits(800, 320, 180, 30, false)))) {
            assertThat(one.fanout()).isSameAs(two.fanout());
            assertThat(three.fanout()).isSameAs(four.fanout()).isNotSameAs(one.fanout());
            assertThat(renditions.active()).isEqualTo(2);
            await().atMost(PATIENCE).until(() -> source.stats().consumers() == 2);
        }
    }

    @Test
    void firstViewer_startsWithTheHostsLastKeyFrame() throws Exception {
        Clips.house(4).feed(source);
        try (RenditionLease lease = renditions.open(WEBRTC);
                Subscription queue = subscribe(lease)) {
            MediaUnit first = queue.take(PATIENCE).orElseThrow();
            assertThat(first.startsGop()).isTrue();
            assertThat(first.dtsMillis()).isBetween(1900L, 2100L);
            assertThat(take(queue, 100))
                    .anyMatch(unit -> unit.track() == Track.AUDIO
                            && unit.headers().audio().codec() == AudioCodec.OPUS);
        }
    }

    @Test
    void lastLeaseClosed_endsTheWorkerSoonButNotAtOnce() {
        RenditionLease one = renditions.open(WEBRTC);
        RenditionLease two = renditions.open(WEBRTC);
        PacketFanout made = one.fanout();
        one.close();
        one.close();
        await().during(Duration.ofMillis(600)).atMost(PATIENCE).until(() -> renditions.active() == 1);
        two.close();
        try (RenditionLease back = renditions.open(WEBRTC)) {
            assertThat(back.fanout()).isSameAs(made);
        }
        await().atMost(PATIENCE).until(() -> renditions.active() == 0);
        await().atMost(PATIENCE).until(() -> source.stats().consumers() == 0);
        try (RenditionLease fresh = renditions.open(WEBRTC)) {
            assertThat(fresh.fanout()).isNotSameAs(made);
        }
    }

    @Test
    void holderOfALease_keepsItsFanoutThroughAllChangesOfTheHost() throws Exception {
        try (RenditionLease lease = renditions.open(WEBRTC);
                Subscription queue = lease.fanout().subscribe(new ConsumerSpec("test", 60_000, 1L << 28), true)) {
            Clip host = Clips.house(2)
                    .then(Clips.obsDefault(2), 33)
                    .then(Clips.landscape(2), 33)
                    .then(Clips.mono(2), 33);
            List<MediaUnit> made = new ArrayList<>();
            long published = 0;
            for (MediaUnit unit : host.units()) {
                source.publish(unit);
                if (unit.dtsMillis() > published + 100) {
                    published = unit.dtsMillis();
                    made.addAll(takeUntil(queue, published - 120));
                }
            }
            assertThat(made).extracting(unit -> unit.headers().video().width()).contains(360, 640);
            assertThat(made).allMatch(unit -> unit.headers().audio().codec() == AudioCodec.OPUS);
            assertThat(made.stream().filter(unit -> unit.track() == Track.VIDEO))
                    .hasSizeGreaterThan(180);
        }
    }

    @Test
    void endOfTheLive_reachesHoldersAfterTheLastFrame() throws Exception {
        try (RenditionLease lease = renditions.open(WEBRTC);
                Subscription queue = lease.fanout().subscribe(new ConsumerSpec("test", 60_000, 1L << 28), true)) {
            Clips.house(2).feed(source);
            renditions.close();
            source.close();
            await().atMost(PATIENCE).until(queue::isClosed);
            List<MediaUnit> made = new ArrayList<>();
            for (var next = queue.take(Duration.ZERO); next.isPresent(); next = queue.take(Duration.ZERO)) {
                made.add(next.get());
            }
            assertThat(made.stream().filter(unit -> unit.track() == Track.VIDEO))
                    .hasSize(60);
        }
        try (RenditionLease late = renditions.open(WEBRTC)) {
            assertThat(subscribe(late).isClosed()).isTrue();
        }
    }

    @Test
    void twoHundredOpenings_leaveNoNativeMemoryBehind() throws Exception {
        Clip small = new Clip(Clips.obsMinute().units().subList(0, 16));
        makeOnce(small, 20);
        long before = Pointer.physicalBytes();
        makeOnce(small, 200);
        assertThat(Pointer.physicalBytes() - before).isLessThan(48L * 1024 * 1024);
    }

    /** Straight through pipelines: the same natives as in workers, without waiting for their threads. */
    private void makeOnce(Clip clip, int times) {
        for (int i = 0; i < times; i++) {
            Rendition form = i % 4 == 0 ? LIMITED : WEBRTC;
            try (var pipeline = new Pipeline(form, source::stats, new PacketFanout())) {
                clip.units().forEach(unit -> pipeline.accept(unit, 0));
            }
        }
    }
}
