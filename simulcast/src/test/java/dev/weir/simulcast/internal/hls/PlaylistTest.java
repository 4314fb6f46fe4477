package dev.weir.simulcast.internal.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.HlsResource;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PlaylistReply;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaylistTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static String text(PlaylistReply reply) {
        return reply instanceof PlaylistReply.Ready ready
                ? new String(ready.playlist().bytes(), StandardCharsets.UTF_8)
                : reply.toString();
    }

    @Test
    void parts_areEvenAndNeverAboveTheTarget() {
        var served = new Served();
        served.feed(Clips.house(8));
        List<String> lines = Served.all(served.playlist(), "^(#EXT-X-PART:.*|#EXTINF.*)$");
        assertThat(served.playlist()).contains("#EXT-X-PART-INF:PART-TARGET=0.250", "PART-HOLD-BACK=1.000");
        assertThat(lines).hasSizeGreaterThan(20);
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith("#EXT-X-PART")) {
                double seconds = Double.parseDouble(
                        Served.all(lines.get(i), "DURATION=([\\d.]+)").getFirst());
                boolean last = lines.get(i + 1).startsWith("#EXTINF");
                assertThat(seconds).isBetween(last ? 0.03 : 0.2125, 0.25);
            }
        }
    }

    @Test
    void programDateTimes_addUpToTheMillisecond() {
        var served = new Served();
        Clip clip = Clips.house(10);
        served.feed(clip);
        List<Instant> dates = Served.all(served.playlist(), "PROGRAM-DATE-TIME:(\\S+)").stream()
                .map(Instant::parse)
                .toList();
        List<Long> lengths = Served.all(served.playlist(), "EXTINF:([\\d.]+)").stream()
                .map(seconds -> Math.round(Double.parseDouble(seconds) * 1000))
                .toList();
        assertThat(dates.getFirst())
                .isEqualTo(Instant.ofEpochMilli(
                        Served.EPOCH_MILLIS + clip.of(Track.VIDEO).getFirst().ptsMillis()));
        for (int i = 1; i < dates.size(); i++) {
            assertThat(dates.get(i)).isEqualTo(dates.get(i - 1).plusMillis(lengths.get(i - 1)));
        }
    }

    @Test
    void deltaUpdate_leavesOutOnlyTheOldSegments() throws Exception {
        var served = new Served();
        served.feed(Clips.house(24));
        String whole = served.playlist();
        String delta = text(served.window.await(-1, -1, true, Duration.ZERO));
        assertThat(whole).contains("CAN-SKIP-UNTIL=12.000");
        int skipped =
                Integer.parseInt(Served.all(delta, "SKIPPED-SEGMENTS=(\\d+)").getFirst());
        List<String> all = Served.all(whole, "^(seg-.*)$");
        List<String> left = Served.all(delta, "^(seg-.*)$");
        assertThat(skipped).isPositive();
        assertThat(left).isEqualTo(all.subList(skipped, all.size()));
        double kept = Served.all(delta, "EXTINF:([\\d.]+)").stream()
                .mapToDouble(Double::parseDouble)
                .sum();
        assertThat(kept).isGreaterThanOrEqualTo(10).isLessThan(16);
        assertThat(delta.substring(delta.indexOf(left.getFirst())))
                .isEqualTo(whole.substring(whole.indexOf(left.getFirst())));
        assertThat(Served.all(delta, "MEDIA-SEQUENCE:(\\d+)")).isEqualTo(Served.all(whole, "MEDIA-SEQUENCE:(\\d+)"));
    }

    @Test
    void shortPlaylist_hasNothingToSkip() throws Exception {
        var served = new Served();
        served.feed(Clips.house(8));
        assertThat(text(served.window.await(-1, -1, true, Duration.ZERO))).isEqualTo(served.playlist());
    }

    @Test
    void waitingRequests_areHandedTheSameBytesWhenThePartComes() {
        var served = new Served();
        Clip clip = Clips.house(8);
        served.feed(clip.only(unit -> unit.dtsMillis() < 4000));
        String before = served.playlist();
        long next = Long.parseLong(Served.all(before, "MEDIA-SEQUENCE:(\\d+)").getFirst()) + 2;
        String hint = Served.all(before, "PRELOAD-HINT:TYPE=PART,URI=\"(.*)\"").getFirst();
        List<CompletableFuture<PlaylistReply>> lists = IntStream.range(0, 20)
                .mapToObj(i -> later(() -> served.window.await(next, 1, false, PATIENCE)))
                .toList();
        CompletableFuture<HlsResource> part =
                later(() -> served.window.find(hint, PATIENCE).orElseThrow());
        await().atMost(PATIENCE).until(() -> served.window.stats().blockedRequests() == 21);
        served.feed(clip.only(unit -> unit.dtsMillis() >= 4000));
        byte[] first =
                ((PlaylistReply.Ready) lists.getFirst().join()).playlist().bytes();
        assertThat(new String(first, StandardCharsets.UTF_8)).contains(".1.m4s");
        assertThat(part.join().bytes()).isSameAs(served.bytes(hint));
        lists.forEach(list -> assertThat(text(list.join())).contains("#EXT-X-PART:"));
        assertThat(served.window.stats().blockedRequests()).isZero();
    }

    /** A player that saw nothing after a whole segment would play what comes next under the old EXT-X-MAP. */
    @Test
    void listNeverEndsInAWholeSegment_whileItGoesOn_soThatAChangeIsSeenWithItsMap() throws Exception {
        var served = new Served();
        long change = Served.EPOCH_MILLIS / 1000;
        for (MediaUnit unit : Clips.spsChange(8).units()) {
            served.feed(new Clip(List.of(unit)));
            if (served.window.find(HlsWindow.PLAYLIST, Duration.ZERO).isPresent()) {
                assertThat(served.playlist()).doesNotContainPattern("\\.m4s\n#EXT-X-PRELOAD-HINT");
            }
        }
        String playlist = served.playlist();
        assertThat(playlist)
                .containsPattern("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:.*\n#EXT-X-PROGRAM-DATE-TIME:.*\n#EXT-X-PART:");
        assertThat(served.window.await(change, -1, false, Duration.ZERO)).isInstanceOf(PlaylistReply.Ready.class);
        served.segmenter.interrupt();
        assertThat(served.playlist()).doesNotContainPattern("\\.m4s\n#EXT-X-PRELOAD-HINT");
        served.segmenter.end();
        assertThat(served.playlist()).containsPattern("\\.m4s\n#EXT-X-ENDLIST");
    }

    @Test
    void requestTooFarAhead_isRefusedWithTheReason() throws Exception {
        var served = new Served();
        served.feed(Clips.house(8));
        long first = Served.EPOCH_MILLIS / 1000;
        assertThat(served.window.await(first + 6, 0, false, Duration.ZERO))
                .isInstanceOfSatisfying(
                        PlaylistReply.TooFarAhead.class,
                        far -> assertThat(far.reason()).contains(String.valueOf(first + 6)));
        assertThat(served.window.await(first + 5, 0, false, Duration.ZERO)).isInstanceOf(PlaylistReply.TimedOut.class);
    }

    @Test
    void hostThatComesBack_isADiscontinuityUnderTheSameInit() {
        var served = new Served();
        Clip clip = Clips.house(8);
        served.feed(clip.only(unit -> unit.dtsMillis() < 4000).then(clip, 500));
        String playlist = served.playlist();
        assertThat(Served.all(playlist, "(#EXT-X-DISCONTINUITY)$")).hasSize(1);
        assertThat(Served.all(playlist, "(#EXT-X-MAP)")).hasSize(1);
        List<String> names = Served.all(playlist, "^(seg-.*)$");
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.startsWith("seg-" + epoch() + "-"));
    }

    @Test
    void longLive_forgetsWhatIsOldAndCountsItsDiscontinuities() {
        var served = new Served();
        Clip clip = Clips.house(8);
        Clip all = clip;
        for (int i = 0; i < 8; i++) {
            all = all.then(clip, 100);
        }
        served.feed(all);
        String playlist = served.playlist();
        long hidden = Long.parseLong(
                Served.all(playlist, "DISCONTINUITY-SEQUENCE:(\\d+)").getFirst());
        long shown = Served.all(playlist, "(#EXT-X-DISCONTINUITY)$").size();
        assertThat(hidden + shown - Served.EPOCH_MILLIS / 1000).isEqualTo(8);
        assertThat(served.window.stats().segments()).isLessThan(20);
        assertThat(Served.all(playlist, "^(seg-.*)$")).allMatch(name -> served.bytes(name).length > 0);
        assertThat(Served.all(playlist, "PART:.*URI=\"([^\"]+)\"")).allMatch(name -> served.bytes(name).length > 0);
    }

    private static String epoch() {
        return Long.toString(Served.EPOCH_MILLIS, 36);
    }

    private interface Call<T> {
        T get() throws InterruptedException;
    }

    private static <T> CompletableFuture<T> later(Call<T> call) {
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(call.get());
            } catch (InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
