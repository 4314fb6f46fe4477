package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The host changes the picture's size in mid-show: a browser with the player's own HLS library goes on, live and later. */
@Isolated("a browser that shows 30 pictures a second needs what the machine has")
class CodecChangeChromiumTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** As {@code weir-replay.js} and {@code hls-source.js} set it up. */
    private static final String PAGE = """
            <!doctype html><video id=v autoplay muted playsinline></video><script src="/hls.js"></script><script>
            window.trouble = ''; window.soft = []; window.sizes = []; window.furthest = 0; window.back = 0;
            window.ask = new URLSearchParams(location.search);
            window.hls = new Hls(ask.has('live')
              ? {lowLatencyMode: true, maxLiveSyncPlaybackRate: 1, backBufferLength: 8, maxBufferLength: 10, liveDurationInfinity: true}
              : {lowLatencyMode: false});
            hls.on(Hls.Events.ERROR, (event, data) => {
              const words = data.details + ' ' + (data.error || '') + ' ' + (v.error ? v.error.message : '');
              if (data.fatal) trouble += words;
              else if (data.details.includes('ppend') || data.details.includes('arsing')) soft.push(words);
            });
            window.frames = () => v.getVideoPlaybackQuality().totalVideoFrames;
            v.addEventListener('resize', () => sizes.push(v.videoWidth));
            v.addEventListener('timeupdate', () => { if (v.currentTime < furthest) back += 1; furthest = v.currentTime; });
            hls.loadSource(ask.get('url'));
            hls.attachMedia(v);
            v.playbackRate = v.defaultPlaybackRate = Number(ask.get('rate') || 1);
            v.play();
            </script>
            """;

    @TempDir
    Path folder;

    private LiveStreams lives;
    private LiveStream live;
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        lives = new LiveStreams(
                LiveStreamsConfig.standard().withRecording(new RecordingConfig(folder, Duration.ofDays(1), 0)),
                Clock.systemUTC());
        live = lives.open("show");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> send(exchange, 200, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)));
        http.createContext("/hls.js", exchange -> send(exchange, 200, "text/javascript", library()));
        http.createContext("/live/", this::live);
        http.createContext("/replay/", this::replay);
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
        lives.close();
    }

    private static byte[] library() throws IOException {
        try (InputStream in = CodecChangeChromiumTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/hls.js/1.4.12/dist/hls.min.js")) {
            return Objects.requireNonNull(in, "hls.js is not on the class path").readAllBytes();
        }
    }

    private static String name(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void live(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        try {
            if (name(exchange).equals(HlsPackager.PLAYLIST) && query.contains("_HLS_msn")) {
                playlist(exchange, query);
                return;
            }
            var found = live.hls(name(exchange), Duration.ofSeconds(2));
            if (found.isPresent()) {
                send(exchange, 200, found.get().contentType(), found.get().bytes());
            } else {
                send(exchange, 404, "text/plain", new byte[0]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void playlist(HttpExchange exchange, String query) throws IOException, InterruptedException {
        long sequence = number(query, "_HLS_msn");
        PlaylistReply reply = live.playlist(
                sequence, (int) number(query, "_HLS_part"), query.contains("_HLS_skip"), Duration.ofSeconds(6));
        switch (reply) {
            case PlaylistReply.Ready ready ->
                send(
                        exchange,
                        200,
                        ready.playlist().contentType(),
                        ready.playlist().bytes());
            case PlaylistReply.TimedOut late -> send(exchange, 503, "text/plain", new byte[0]);
            case PlaylistReply.TooFarAhead far -> send(exchange, 400, "text/plain", new byte[0]);
        }
    }

    private static long number(String query, String name) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return Long.parseLong(pair.substring(name.length() + 1));
            }
        }
        return -1;
    }

    private void replay(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        long from = 0;
        long length = Long.MAX_VALUE;
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-", 2);
            from = Long.parseLong(ends[0]);
            length = ends[1].isEmpty() ? length : Long.parseLong(ends[1]) - from + 1;
        }
        var found = lives.recordings().orElseThrow().open("show", 0, name(exchange), from, length);
        if (found.isEmpty()) {
            send(exchange, 404, "text/plain", new byte[0]);
            return;
        }
        var content = found.get();
        exchange.getResponseHeaders()
                .add("Content-Range", "bytes %d-%d/%d".formatted(from, from + content.length() - 1, content.total()));
        try (InputStream body = content.body()) {
            send(exchange, range == null ? 200 : 206, "application/octet-stream", body.readAllBytes());
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private interface Watching {
        void watch(Page page) throws Exception;
    }

    private void chromium(String query, Watching watching) throws Exception {
        Path chromium = Tools.find("chromium").orElse(Path.of("chromium"));
        Tools.require(Tools.find("chromium").isPresent(), "chromium");
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--autoplay-policy=no-user-gesture-required")))) {
            Page page = browser.newPage();
            page.navigate("http://127.0.0.1:" + http.getAddress().getPort() + "/?" + query);
            watching.watch(page);
        }
    }

    private static void until(Page page, String condition) {
        page.waitForFunction(condition, null, new Page.WaitForFunctionOptions().setTimeout(PATIENCE.toMillis()));
    }

    private void record(Clip clip) {
        StreamSink host = live.openHost();
        long sent = 0;
        for (MediaUnit unit : clip.units()) {
            host.unit(unit);
            if (++sent % 25 == 0) {
                await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(this::isRecorded);
            }
        }
        lives.end("show");
        await().atMost(PATIENCE)
                .until(() -> lives.recordings()
                        .orElseThrow()
                        .find("show", 0)
                        .filter(found -> found.state() == RecordingState.READY)
                        .isPresent());
    }

    /** The recorder's queue is bounded, and this host does not keep to the clock. */
    private boolean isRecorded() {
        return live.mediaTime().orElseThrow().millis()
                        - Objects.requireNonNull(live.stats().recording()).millis()
                < 1000;
    }

    @Test
    void replay_playsAcrossTheChange_andSeeksBackOverIt() throws Exception {
        record(Clips.spsChange(8));
        chromium("rate=2&url=/replay/index.m3u8", page -> {
            until(page, "v.ended || trouble");
            assertThat(page.evaluate("trouble")).isEqualTo("");
            assertThat(page.evaluate("sizes.join()")).isEqualTo("360,180");
            assertThat(((Number) page.evaluate("back")).intValue()).isZero();
            assertThat(((Number) page.evaluate("v.duration")).doubleValue()).isBetween(7.8, 8.2);
            assertThat(((Number) page.evaluate("v.getVideoPlaybackQuality().totalVideoFrames")).intValue())
                    .isGreaterThan(230);
            page.evaluate("v.currentTime = 1; v.play()");
            until(page, "(sizes.join() === '360,180,360' && v.currentTime > 1.2 && v.currentTime < 4) || trouble");
            assertThat(page.evaluate("trouble")).isEqualTo("");
        });
    }

    @Test
    void live_goesOnOverEachChange() throws Exception {
        Tools.require(Tools.find("chromium").isPresent(), "chromium");
        var host = new ChangingHost(live.openHost());
        Thread sending = Thread.ofVirtual().start(host);
        await().atMost(PATIENCE)
                .until(() ->
                        live.mediaTime().filter(time -> time.millis() > 2500).isPresent());
        chromium("live&url=/live/index.m3u8", page -> {
            until(page, "(v.videoWidth === 360 && v.currentTime > 1) || trouble");
            for (int width : new int[] {180, 360}) {
                host.change();
                until(page, "v.videoWidth === " + width + " || trouble");
                Object before = page.evaluate("frames()");
                until(page, "frames() > " + before + " + 40 || trouble");
                assertThat(page.evaluate("trouble")).isEqualTo("");
            }
            assertThat(page.evaluate("soft.join()")).isEqualTo("");
            assertThat(page.evaluate("sizes.join()")).isEqualTo("360,180,360");
        });
        host.stop();
        sending.join(PATIENCE);
    }

    /** Sends two seconds of one size again and again at their own speed, and then of the other when told to. */
    private static final class ChangingHost implements Runnable {
        private final List<Clip> sizes;
        private final StreamSink sink;
        private final AtomicInteger changes = new AtomicInteger();
        private volatile boolean stopped;

        private ChangingHost(StreamSink sink) {
            Clip both = Clips.spsChange(4);
            this.sizes = List.of(
                    both.only(unit -> unit.headers().version() == 1),
                    both.only(unit -> unit.headers().version() == 2).shifted(-2000));
            this.sink = sink;
        }

        private void change() {
            changes.incrementAndGet();
        }

        private void stop() {
            stopped = true;
        }

        @Override
        public void run() {
            long began = System.nanoTime();
            int told = -1;
            for (long round = 0; !stopped; round++) {
                int change = changes.get();
                Clip clip = sizes.get(change % 2);
                StreamHeaders headers = clip.headers().withVersion(change + 1);
                if (change != told) {
                    sink.headers(headers);
                    told = change;
                }
                for (MediaUnit unit : clip.shifted(round * 2000).units()) {
                    waitUntil(began + TimeUnit.MILLISECONDS.toNanos(unit.dtsMillis()));
                    sink.unit(unit.at(unit.dtsMillis(), unit.ptsMillis(), headers));
                }
            }
            sink.closed("the test is over");
        }

        private static void waitUntil(long due) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }
}
