package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testing.Frames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SrtListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSPHRASE = "a long enough secret";

    private final List<Frames> callers = new CopyOnWriteArrayList<>();
    private final List<PublishRequest> requests = new CopyOnWriteArrayList<>();

    private PublishVerdict accept(PublishRequest request) {
        requests.add(request);
        var frames = new Frames();
        callers.add(frames);
        return new PublishVerdict.Accepted(frames);
    }

    private SrtListener listener() {
        return SrtListener.start(SrtConfig.on("127.0.0.1", 0, PASSPHRASE, "the-key"), this::accept);
    }

    private static Process call(int port, String passphrase) throws IOException {
        return new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "fatal",
                        "-re",
                        "-i",
                        Clips.obsDefaultFile(6).toString(),
                        "-c",
                        "copy",
                        "-f",
                        "mpegts",
                        "-passphrase",
                        passphrase,
                        "-srt_streamid",
                        "publish:anything",
                        "srt://127.0.0.1:" + port + "?mode=caller&pkt_size=1316")
                .inheritIO()
                .start();
    }

    @Test
    void caller_publishesAndThePortListensAgainAfterIt() throws Exception {
        Clips.obsDefaultFile(6);
        try (SrtListener listener = listener()) {
            for (int i = 1; i <= 2; i++) {
                int caller = i;
                Process ffmpeg = call(listener.port(), PASSPHRASE);
                try {
                    await().atMost(PATIENCE)
                            .until(() -> callers.size() == caller
                                    && callers.getLast().count(Track.VIDEO) > 30);
                    assertThat(listener.occupied()).isTrue();
                } finally {
                    ffmpeg.destroy();
                }
                await().atMost(PATIENCE).until(() -> callers.getLast().end() != null);
            }
        }
        Frames frames = callers.getFirst();
        assertThat(frames.headers().video().width()).isEqualTo(360);
        assertThat(frames.headers().audio().sampleRate()).isEqualTo(44_100);
        assertThat(frames.units()).anyMatch(unit -> unit.ptsMillis() > unit.dtsMillis());
        assertThat(requests.getFirst()).isEqualTo(new PublishRequest(Protocol.SRT, "live", "the-key", "unknown"));
    }

    @Test
    void callerWithAnotherPassphrase_neverGetsIn() throws Exception {
        Clips.obsDefaultFile(6);
        try (SrtListener listener = listener()) {
            Process ffmpeg = call(listener.port(), "another long secret");
            await().atMost(PATIENCE).until(() -> !ffmpeg.isAlive());
            assertThat(ffmpeg.exitValue()).isNotZero();
            assertThat(callers).isEmpty();
        }
    }

    @Test
    void closing_disconnectsTheCallerAndFreesThePort() throws Exception {
        Clips.obsDefaultFile(6);
        SrtListener listener = listener();
        Process ffmpeg = call(listener.port(), PASSPHRASE);
        try {
            await().atMost(PATIENCE).until(() -> !callers.isEmpty());
            listener.close();
            await().atMost(PATIENCE).until(() -> callers.getFirst().end() != null);
            try (var again = SrtListener.start(
                    SrtConfig.on("127.0.0.1", listener.port(), PASSPHRASE, "the-key"), this::accept)) {
                assertThat(again.port()).isEqualTo(listener.port());
            }
        } finally {
            ffmpeg.destroyForcibly();
        }
    }
}
