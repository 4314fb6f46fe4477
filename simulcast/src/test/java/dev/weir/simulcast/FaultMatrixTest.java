package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.FaultyProxy;
import dev.weir.simulcast.testkit.FrameLog;
import dev.weir.simulcast.testkit.LiveFeed;
import dev.weir.simulcast.testkit.NginxRtmp;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever is wrong with one target, it says so, comes back by itself, and the others lose nothing. */
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int OTHERS = 4;

    private final Map<String, FrameLog> logs = new ConcurrentHashMap<>();
    private final RtmpServer server = RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), request -> decide(request.key()));
    private volatile boolean keyIsBad;
    private LiveFeed feed;
    private StreamTargets targets;
    private FaultyProxy way;

    private PublishVerdict decide(String key) {
        return keyIsBad && key.equals("faulty")
                ? new PublishVerdict.Refused("This key has expired")
                : new PublishVerdict.Accepted(
                        logs.computeIfAbsent(key, name -> new FrameLog()).open());
    }

    @BeforeEach
    void start() throws IOException {
        way = new FaultyProxy(server.port());
        feed = new LiveFeed(Clips.house(2).headers());
        targets = feed.targets(TargetPolicy.standard()
                .withTimes(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(1))
                .withRejectedRetry(Duration.ofSeconds(1)));
        for (int i = 0; i < OTHERS; i++) {
            add("well" + i, "rtmp://127.0.0.1:%d/live/well%d".formatted(server.port(), i));
        }
        for (int i = 0; i < OTHERS; i++) {
            awaitState("well" + i, TargetState.LIVE);
        }
    }

    @AfterEach
    void stop() throws IOException {
        targets.close();
        feed.close();
        way.close();
        server.close();
    }

    private void add(String id, String url) {
        targets.add(new TargetSpec(id, id, null, url));
    }

    private String faulty() {
        return "rtmp://127.0.0.1:%d/live/faulty".formatted(way.port());
    }

    private TargetStatus status(String id) {
        return targets.find(id).orElseThrow().status();
    }

    private void awaitState(String id, TargetState state) {
        await().atMost(PATIENCE).until(() -> status(id).state() == state);
    }

    private FrameLog log(String key) {
        return Objects.requireNonNull(logs.get(key));
    }

    /** It is live again, on a new connection that began with a key frame and its headers. */
    private void assertRecovered() {
        awaitState("faulty", TargetState.LIVE);
        await().atMost(PATIENCE)
                .until(() -> logs.containsKey("faulty")
                        && !log("faulty").pictures(log("faulty").sessions() - 1).isEmpty());
        MediaUnit first = log("faulty").pictures(log("faulty").sessions() - 1).getFirst();
        assertThat(first.key()).isTrue();
        assertThat(first.headers().audio()).isNotNull();
    }

    private void assertOthersLostNothing() {
        for (int i = 0; i < OTHERS; i++) {
            String id = "well" + i;
            assertThat(status(id).state()).isEqualTo(TargetState.LIVE);
            assertThat(status(id).droppedUnits()).isZero();
            assertThat(status(id).reconnects()).isZero();
            List<MediaUnit> pictures = log(id).pictures(0);
            long first = LiveFeed.numberOf(pictures.getFirst());
            for (int k = 0; k < pictures.size(); k++) {
                assertThat(LiveFeed.numberOf(pictures.get(k))).isEqualTo(first + k);
            }
        }
    }

    @Test
    void unknownName_isTriedAgainUntilItIsCorrected() {
        add("faulty", "rtmp://weir-target.invalid/live/faulty");
        awaitState("faulty", TargetState.BACKOFF);
        assertThat(status("faulty").lastError()).contains("weir-target.invalid is not known");
        targets.rekey("faulty", faulty());
        assertRecovered();
        assertOthersLostNothing();
    }

    @Test
    void refusedConnection_isTriedAgainUntilSomebodyListens() throws Exception {
        way.vanish();
        add("faulty", faulty());
        awaitState("faulty", TargetState.BACKOFF);
        assertThat(status("faulty").lastError()).contains("refused");
        way.reappear();
        assertRecovered();
        assertOthersLostNothing();
    }

    @Test
    void silentServer_isGivenUpAndTriedAgain() {
        way.mode(FaultyProxy.Mode.SILENT);
        add("faulty", faulty());
        awaitState("faulty", TargetState.BACKOFF);
        assertThat(status("faulty").lastError()).contains("no progress");
        assertThat(status("faulty").bytes()).isZero();
        assertThat(status("faulty").history()).extracting(TargetEvent::state).doesNotContain(TargetState.LIVE);
        way.mode(FaultyProxy.Mode.FORWARD);
        assertRecovered();
        assertOthersLostNothing();
    }

    @Test
    void hangingTls_isGivenUp() {
        way.mode(FaultyProxy.Mode.SILENT);
        add("faulty", faulty().replace("rtmp:", "rtmps:"));
        awaitState("faulty", TargetState.BACKOFF);
        assertThat(status("faulty").lastError()).containsAnyOf("no progress", "timed out");
        targets.rekey("faulty", faulty());
        way.mode(FaultyProxy.Mode.FORWARD);
        assertRecovered();
        assertOthersLostNothing();
    }

    @Test
    void badKey_isRejectedInTheServersWordsAndTriedAgainOnRequest() {
        keyIsBad = true;
        add("faulty", faulty());
        awaitState("faulty", TargetState.REJECTED);
        assertThat(status("faulty").lastError())
                .isEqualTo("the server refused: NetStream.Publish.BadName: This key has expired");
        assertThat(status("faulty").nextRetryAt()).isNotNull();
        keyIsBad = false;
        targets.find("faulty").orElseThrow().retry();
        assertRecovered();
        assertOthersLostNothing();
    }

    @Test
    void slowReader_getsWholeGroupsOfPicturesAndEveryDropIsCounted() {
        targets.close();
        targets = feed.targets(TargetPolicy.standard());
        for (int i = 0; i < OTHERS; i++) {
            logs.remove("well" + i);
            add("well" + i, "rtmp://127.0.0.1:%d/live/well%d".formatted(server.port(), i));
        }
        way.mode(FaultyProxy.Mode.THROTTLED);
        add("faulty", faulty());
        await().atMost(PATIENCE).until(() -> status("faulty").droppedUnits() > 200);
        assertThat(status("faulty").state()).isIn(TargetState.DEGRADED, TargetState.BACKOFF, TargetState.CONNECTING);
        way.mode(FaultyProxy.Mode.FORWARD);
        awaitState("faulty", TargetState.LIVE);
        assertEveryGapEndsAtAKeyFrame(log("faulty"));
        assertOthersLostNothing();
    }

    private static void assertEveryGapEndsAtAKeyFrame(FrameLog log) {
        int gaps = 0;
        for (int session = 0; session < log.sessions(); session++) {
            List<MediaUnit> pictures = log.pictures(session);
            for (int i = 1; i < pictures.size(); i++) {
                if (LiveFeed.numberOf(pictures.get(i)) != LiveFeed.numberOf(pictures.get(i - 1)) + 1) {
                    gaps++;
                    assertThat(pictures.get(i).key()).isTrue();
                }
            }
        }
        assertThat(gaps + log.sessions()).isGreaterThan(1);
    }

    @Test
    void resetInMidStream_isRecoveredFrom() throws Exception {
        add("faulty", faulty());
        awaitState("faulty", TargetState.LIVE);
        way.reset();
        awaitState("faulty", TargetState.BACKOFF);
        assertRecovered();
        assertThat(status("faulty").reconnects()).isEqualTo(1);
        assertOthersLostNothing();
    }

    @Test
    void closeInGoodOrder_isRecoveredFrom() throws Exception {
        add("faulty", faulty());
        awaitState("faulty", TargetState.LIVE);
        way.finish();
        awaitState("faulty", TargetState.BACKOFF);
        assertThat(status("faulty").lastError()).isNotBlank();
        assertRecovered();
        assertOthersLostNothing();
    }

    @Test
    void outageOfAnIndependentServer_isRecoveredFrom() throws Exception {
        Tools.require(NginxRtmp.available(), "nginx-light and libnginx-mod-rtmp");
        try (NginxRtmp nginx = NginxRtmp.sink()) {
            add("faulty", nginx.url("sink", "faulty"));
            awaitState("faulty", TargetState.LIVE);
            nginx.kill();
            awaitState("faulty", TargetState.BACKOFF);
            nginx.restart();
            awaitState("faulty", TargetState.LIVE);
            await().atMost(PATIENCE).until(() -> nginx.bytesIn().getOrDefault("faulty", 0L) > 100_000);
        }
        assertOthersLostNothing();
    }

    @Test
    void allAtOnce_disturbNobody() throws Exception {
        List<FaultyProxy> ways = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            var silent = new FaultyProxy(server.port());
            silent.mode(i % 2 == 0 ? FaultyProxy.Mode.SILENT : FaultyProxy.Mode.THROTTLED);
            ways.add(silent);
            add("bad" + i, "rtmp%s://127.0.0.1:%d/live/bad%d".formatted(i == 2 ? "s" : "", silent.port(), i));
        }
        int before = log("well0").size();
        await().atMost(PATIENCE).until(() -> log("well0").size() > before + 200);
        assertOthersLostNothing();
        for (FaultyProxy one : ways) {
            one.close();
        }
    }
}
