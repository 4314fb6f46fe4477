package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.FaultyProxy;
import dev.weir.simulcast.testkit.FrameLog;
import dev.weir.simulcast.testkit.LiveFeed;
import dev.weir.simulcast.testkit.TlsFront;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RtmpsTargetTest extends StreamTargetContract {

    private final Map<String, FrameLog> logs = new ConcurrentHashMap<>();
    private final RtmpServer server =
            RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(log(request)));
    private final TlsFront front = front();
    private int receivers;

    private TlsFront front() {
        try {
            return new TlsFront(server.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StreamSink log(PublishRequest request) {
        return Objects.requireNonNull(logs.get(request.key())).open();
    }

    @AfterEach
    void stopFront() throws IOException {
        front.close();
        server.close();
    }

    @Override
    TargetPolicy policy() {
        return super.policy().withCaFile(front.caFile());
    }

    @Override
    Receiver receiver() throws Exception {
        String key = "key" + receivers++;
        var log = new FrameLog();
        logs.put(key, log);
        var proxy = new FaultyProxy(front.port());
        return new Receiver() {
            @Override
            public String url() {
                return "rtmps://localhost:%d/live/%s".formatted(proxy.port(), key);
            }

            @Override
            public FrameLog log() {
                return log;
            }

            @Override
            public void cut() throws IOException {
                proxy.vanish();
            }

            @Override
            public void stick() {
                proxy.mode(FaultyProxy.Mode.SILENT);
            }

            @Override
            public void mend() throws IOException {
                proxy.mode(FaultyProxy.Mode.FORWARD);
                proxy.vanish();
                proxy.reappear();
            }

            @Override
            public void close() throws IOException {
                proxy.close();
            }
        };
    }

    private void assertUntrusted(TargetPolicy policy, String host) {
        try (var feed = new LiveFeed(Clips.house(2).headers());
                var targets = feed.targets(
                        policy.withTimes(Duration.ofSeconds(3), Duration.ofMillis(200), Duration.ofSeconds(1)))) {
            targets.add(new TargetSpec("t", "t", null, "rtmps://%s:%d/live/secret".formatted(host, front.port())));
            StreamTarget target = targets.find("t").orElseThrow();
            await().atMost(Duration.ofSeconds(20)).until(() -> target.status().state() == TargetState.REJECTED);
            assertThat(target.status().lastError())
                    .contains("certificate is not trusted")
                    .doesNotContain("secret");
            assertThat(target.status().bytes()).isZero();
        }
    }

    @Test
    void certificateOfAnUnknownAuthority_isRejected() {
        assertUntrusted(super.policy(), "localhost");
    }

    @Test
    void certificateForAnotherName_isRejected() {
        assertUntrusted(policy(), "127.0.0.1");
    }
}
