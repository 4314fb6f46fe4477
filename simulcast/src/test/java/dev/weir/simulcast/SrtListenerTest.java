package dev.weir.simulcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testing.Frames;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Debian's ffmpeg calls: who is let in, who is told why not, and who has to make room? */
class SrtListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSPHRASE = "a long enough secret";
    private static final SrtConfig CONFIG = SrtConfig.on("127.0.0.1", 0, PASSPHRASE, "the-key", "autumn-kiln");

    private final List<Frames> callers = new CopyOnWriteArrayList<>();
    private final List<PublishRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void prepare() {
        Clips.obsDefaultFile(6);
    }

    @AfterEach
    void leave() {
        processes.forEach(Tools::stop);
    }

    /** As the hub does: the newest caller is the host. */
    private PublishVerdict accept(PublishRequest request) {
        requests.add(request);
        var frames = new Frames();
        List<Frames> before = List.copyOf(callers);
        callers.add(frames);
        before.forEach(other -> other.control().takenOver());
        return new PublishVerdict.Accepted(frames);
    }

    private Process call(int port, String query) throws IOException {
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-re",
                        "-i",
                        Clips.obsDefaultFile(6).toString(),
                        "-c",
                        "copy",
                        "-f",
                        "mpegts",
                        "srt://127.0.0.1:" + port + "?mode=caller&pkt_size=1316&" + query)
                .redirectErrorStream(true)
                .start();
        processes.add(ffmpeg);
        return ffmpeg;
    }

    private static String id(String streamId) {
        return "passphrase=" + PASSPHRASE + "&streamid=" + streamId;
    }

    private void awaitPictures(int caller) {
        await().atMost(PATIENCE)
                .until(() -> callers.size() >= caller && callers.get(caller - 1).count(Track.VIDEO) > 20);
    }

    @Test
    void encoderThatComesBack_takesOverFromItsGhostAndSaysWhenItStops() throws Exception {
        try (SrtListener listener = SrtListener.start(CONFIG, this::accept)) {
            Process ghost = call(listener.port(), id("autumn-kiln"));
            awaitPictures(1);
            assertThat(listener.occupied()).isTrue();
            new ProcessBuilder("kill", "-STOP", String.valueOf(ghost.pid()))
                    .start()
                    .waitFor();
            Process back = call(listener.port(), id("%23!::u=anna,r=autumn-kiln,m=publish"));
            awaitPictures(2);
            await().atMost(PATIENCE).until(() -> callers.getFirst().end() != null);
            assertThat(callers.getFirst().end()).contains("took over");
            back.destroy();
            await().atMost(PATIENCE).until(() -> callers.getLast().end() != null);
            assertThat(callers.getLast().stopped()).isTrue();
            await().atMost(PATIENCE).until(() -> !listener.occupied());
        }
        Frames frames = callers.getLast();
        assertThat(frames.headers().video().width()).isEqualTo(360);
        assertThat(frames.headers().audio().sampleRate()).isEqualTo(44_100);
        assertThat(frames.units()).anyMatch(unit -> unit.ptsMillis() > unit.dtsMillis());
        assertThat(requests.getFirst()).isEqualTo(new PublishRequest(Protocol.SRT, "live", "the-key", "127.0.0.1"));
    }

    @Test
    void callersThatDoNotBelongHere_areToldAndTheHostGoesOn() throws Exception {
        try (SrtListener listener = SrtListener.start(CONFIG, this::accept)) {
            call(listener.port(), id("autumn-kiln"));
            awaitPictures(1);
            List<Process> strangers = List.of(
                    call(listener.port(), id("spring-kiln")),
                    call(listener.port(), "passphrase=" + PASSPHRASE),
                    call(listener.port(), id("autumn-kiln").replace("enough", "wrong")));
            for (Process stranger : strangers) {
                await().atMost(PATIENCE).until(() -> !stranger.isAlive());
                assertThat(stranger.exitValue()).isNotZero();
            }
            String words = new String(strangers.getFirst().getInputStream().readAllBytes(), UTF_8);
            assertThat(words).contains("rejection");
            assertThat(callers).hasSize(1);
            assertThat(callers.getFirst().end()).isNull();
        }
    }

    @Test
    void closing_disconnectsTheCallerAndFreesThePort() throws Exception {
        SrtListener listener = SrtListener.start(CONFIG.withStreamIdRequired(false), this::accept);
        call(listener.port(), "passphrase=" + PASSPHRASE);
        awaitPictures(1);
        listener.close();
        await().atMost(PATIENCE).until(() -> callers.getFirst().end() != null);
        SrtConfig same = SrtConfig.on("127.0.0.1", listener.port(), PASSPHRASE, "the-key", "autumn-kiln");
        try (var again = SrtListener.start(same, this::accept)) {
            assertThat(again.port()).isEqualTo(listener.port());
        }
    }
}
