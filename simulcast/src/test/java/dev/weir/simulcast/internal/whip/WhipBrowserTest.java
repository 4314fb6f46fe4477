package dev.weir.simulcast.internal.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.WebRtcConfig;
import dev.weir.simulcast.internal.rtc.RtcEngine;
import dev.weir.simulcast.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A browser goes live from its camera and microphone. */
@Isolated("a browser that shows 30 pictures a second needs what the machine has")
class WhipBrowserTest {

    private static final String KEY = "the-key-of-the-show";

    private static final String PAGE = """
            <!doctype html><script>
            async function publish(key, codec) {
              const media = await navigator.mediaDevices.getUserMedia({
                audio: true, video: {width: 640, height: 480, frameRate: 30}});
              const pc = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
              window.pc = pc;
              for (const track of media.getTracks()) {
                const way = pc.addTransceiver(track, {direction: 'sendonly', streams: [media]});
                if (track.kind === 'video') {
                  way.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs
                      .filter(c => c.mimeType === 'video/' + codec));
                }
              }
              await pc.setLocalDescription();
              const reply = await fetch('/whip', {method: 'POST', body: pc.localDescription.sdp,
                headers: {'Content-Type': 'application/sdp', 'Authorization': 'Bearer ' + key}});
              const text = await reply.text();
              if (reply.status !== 201) { pc.close(); return reply.status + ' ' + text; }
              window.session = reply.headers.get('Location');
              await pc.setRemoteDescription({type: 'answer', sdp: text});
              return '201';
            }
            async function sent() {
              const numbers = {};
              (await pc.getStats()).forEach(s => {
                if (s.type === 'outbound-rtp' && s.kind === 'video') {
                  Object.assign(numbers, {nack: s.nackCount, pli: s.pliCount, keys: s.keyFramesEncoded,
                    frames: s.framesEncoded, target: s.targetBitrate, resent: s.retransmittedPacketsSent});
                }
                if (s.type === 'remote-inbound-rtp' && s.kind === 'video') {
                  Object.assign(numbers, {rtt: s.roundTripTime, lost: s.packetsLost, fraction: s.fractionLost});
                }
              });
              return JSON.stringify(numbers);
            }
            </script>""";

    private static Playwright playwright;
    private static Browser browser;
    private static RtcEngine engine;
    private static WhipHttp http;
    private static final List<CollectingSink> SINKS = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        Path chromium = Tools.find("chromium").orElse(Path.of(""));
        Tools.require(!chromium.toString().isEmpty() && !Boolean.getBoolean("weir.skip.browser"), "chromium");
        engine = RtcEngine.start(WebRtcConfig.on("127.0.0.1", 0), InstantSource.system());
        assertThat(engine.awaitWarm(Duration.ofSeconds(60))).isTrue();
        http = new WhipHttp(
                engine,
                request -> {
                    if (!request.key().equals(KEY)) {
                        return new PublishVerdict.Refused("stream key: unknown (expected: the key of a show)");
                    }
                    SINKS.add(new CollectingSink());
                    return new PublishVerdict.Accepted(SINKS.getLast());
                },
                PAGE);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--use-fake-device-for-media-stream",
                                "--use-fake-ui-for-media-stream")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            playwright.close();
        }
        if (http != null) {
            http.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void pictureAndSound_arriveWhole_withKeyFramesForJoiners() throws Exception {
        Page page = open();
        assertThat(publish(page, KEY)).isEqualTo("201");
        CollectingSink sink = SINKS.getLast();
        await().atMost(Duration.ofSeconds(40)).until(() -> sink.millis() > 4600);
        String sent = (String) page.evaluate("sent()");
        page.evaluate("pc.close()");
        await().atMost(Duration.ofSeconds(20)).until(() -> !sink.closed.isEmpty());
        page.close();

        List<MediaUnit> pictures = sink.of(Track.VIDEO);
        VideoHeader header =
                Objects.requireNonNull(pictures.getFirst().headers().video());
        assertThat(pictures.getFirst().key()).isTrue();
        assertThat(header.width()).isEqualTo(640);
        assertThat(Objects.requireNonNull(sink.headers.getLast().audio()).codec())
                .isEqualTo(AudioCodec.OPUS);
        assertThat(sink.longestGop()).as(sent).isBetween(500L, 2500L);
        assertThat(sink.of(Track.AUDIO)).hasSizeGreaterThan(200);
        assertGrowing(sink);
        assertThat(Decoding.complaints(sink.all(), folder)).as(sent).isEmpty();
    }

    @Test
    void threePercentLoss_isRepaired_andNothingBrokenGetsThrough() throws Exception {
        try (var relay = new LossyRelay(engine.port(), 0.03)) {
            int port = relay.port();
            http.answers(sdp -> sdp.replace(" " + engine.port() + " typ", " " + port + " typ"));
            Page page = open();
            assertThat(publish(page, KEY)).isEqualTo("201");
            CollectingSink sink = SINKS.getLast();
            await().atMost(Duration.ofSeconds(40)).until(() -> sink.millis() > 6000);
            String sent = (String) page.evaluate("sent()");
            page.close();

            assertThat(relay.lost()).isGreaterThan(10);
            assertThat(sink.longestGop()).as(sent).isBetween(500L, 2500L);
            assertThat(sink.of(Track.VIDEO).size() * 1000L / sink.millis())
                    .as(sent)
                    .isGreaterThan(15);
            assertGrowing(sink);
            assertThat(Decoding.complaints(sink.all(), folder)).as(sent).isEmpty();
        } finally {
            http.answers(sdp -> sdp);
        }
    }

    @Test
    void keyFrame_comesWhenTheHouseWantsOne() {
        Page page = open();
        publish(page, KEY);
        CollectingSink sink = SINKS.getLast();
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.millis() > 500);
        long before = keys(sink);
        sink.control.requestKeyFrame();

        await().atMost(Duration.ofSeconds(20)).until(() -> keys(sink) > before);
        page.close();
    }

    @Test
    void secondConnectionWithTheKey_takesOverFromTheFirst() {
        Page first = open();
        publish(first, KEY);
        CollectingSink ghost = SINKS.getLast();
        await().atMost(Duration.ofSeconds(30)).until(() -> ghost.millis() > 100);
        Page second = open();
        publish(second, KEY);
        CollectingSink sink = SINKS.getLast();

        await().atMost(Duration.ofSeconds(20)).until(() -> ghost.closed.contains("took over"));
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.millis() > 100);
        second.evaluate("fetch(session, {method: 'DELETE'})");
        await().atMost(Duration.ofSeconds(20)).until(() -> sink.closed.contains("deleted"));
        first.close();
        second.close();
    }

    @Test
    void whatIsNotTaken_isRefusedInWords() {
        Page page = open();

        assertThat(publish(page, "wrong")).isEqualTo("401 stream key: unknown (expected: the key of a show)");
        assertThat((String) page.evaluate("publish('" + KEY + "', 'VP8')"))
                .startsWith("406 video codecs: VP8")
                .contains("expected: H264");
        page.close();
    }

    private static Page open() {
        Page page = browser.newPage();
        page.navigate(http.url("/"));
        return page;
    }

    private static String publish(Page page, String key) {
        return (String) page.evaluate("publish('" + key + "', 'H264')");
    }

    private static long keys(CollectingSink sink) {
        return sink.of(Track.VIDEO).stream().filter(MediaUnit::key).count();
    }

    private static void assertGrowing(CollectingSink sink) {
        for (Track track : Track.values()) {
            long last = Long.MIN_VALUE;
            for (MediaUnit unit : sink.of(track)) {
                assertThat(unit.dtsMillis()).isGreaterThan(last);
                last = unit.dtsMillis();
            }
        }
    }
}
