package dev.weir.simulcast.internal.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import dev.weir.simulcast.RtmpTls;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.fuzz.Mutator;
import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testing.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RtmpIngestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Frames> sinks = new ConcurrentHashMap<>();
    private final List<PublishRequest> requests = new CopyOnWriteArrayList<>();
    private RtmpServer server = start(RtmpConfig.on("127.0.0.1", 0));

    private RtmpServer start(RtmpConfig config) {
        return RtmpServer.start(config, this::decide);
    }

    private PublishVerdict decide(PublishRequest request) {
        requests.add(request);
        if (request.key().startsWith("bad")) {
            return new PublishVerdict.Refused("unknown stream key");
        }
        var sink = new Frames();
        sinks.put(request.key(), sink);
        return new PublishVerdict.Accepted(sink);
    }

    private void restart(RtmpConfig config) {
        server.close();
        server = start(config);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawPublisher publisher(String key) throws IOException {
        RawPublisher publisher = RawPublisher.publishing(server.port(), "live", key);
        assertThat(publisher.status("onStatus")).startsWith("NetStream.Publish.Start");
        return publisher;
    }

    private static byte[] joined(Object... parts) {
        var out = new ByteArrayOutputStream();
        for (Object part : parts) {
            out.writeBytes(
                    part instanceof byte[] bytes ? bytes : ((String) part).getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }

    @Test
    void connect_announcesWhatEnhancedRtmpMayCarry() throws Exception {
        try (var publisher = RawPublisher.to(server.port())) {
            publisher.connect("live");
            assertThat(publisher.reply("_result").get(3))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("fourCcList", List.of("avc1", "mp4a", "Opus"))
                    .containsEntry("videoFourCcInfoMap", Map.of("avc1", 4.0))
                    .containsEntry("capsEx", 4.0);
        }
    }

    @Test
    void enhancedTags_areTheSameFramesAsTheOldOnes() throws Exception {
        byte[] avcc = Mutator.corpus("avcc").getFirst();
        byte[] asc = Mutator.corpus("asc").getFirst();
        try (var publisher = publisher("ex")) {
            publisher.video(joined("\u0090avc1", avcc));
            publisher.send(publisher.media(RtmpMessage.AUDIO, joined("\u0090mp4a", asc)));
            publisher.video(joined("\u0091avc1", new byte[] {0, 0, 80}, "\0\0\0\4\u0065abc"));
            publisher.video(joined("\u00a3avc1", "\0\0\0\4\u0041abc"));
            publisher.send(publisher.media(RtmpMessage.AUDIO, joined("\u0091mp4a", "sound")));
            await().atMost(PATIENCE).until(() -> sinks.get("ex").units().size() == 3);
        }
        List<MediaUnit> units = sinks.get("ex").units();
        assertThat(units.getFirst().key()).isTrue();
        assertThat(units.getFirst().ptsMillis() - units.getFirst().dtsMillis()).isEqualTo(80);
        assertThat(units.get(1).key()).isFalse();
        assertThat(units.get(1).ptsMillis()).isEqualTo(units.get(1).dtsMillis());
        assertThat(units.get(2).track()).isEqualTo(Track.AUDIO);
        assertThat(sinks.get("ex").headers().video().avcConfig()).isEqualTo(avcc);
    }

    @Test
    void enhancedOpus_andTheFirstOfSeveralTracks_areTaken() throws Exception {
        try (var publisher = publisher("multi")) {
            publisher.video(joined("\u0090avc1", Mutator.corpus("avcc").getFirst()));
            String head = "OpusHead\1\2\u0038\1\u0080\u00bb\0\0\0\0\0";
            publisher.send(publisher.media(RtmpMessage.AUDIO, joined("\u0090Opus", head)));
            String other = "\1\0\0\5\0\0\0\1x";
            publisher.video(joined("\u0096", "\u0013avc1", other, "\0\0\0\6\0\0\0\2ab"));
            await().atMost(PATIENCE).until(() -> !sinks.get("multi").units().isEmpty());
        }
        assertThat(sinks.get("multi").headers().audio().codec()).isEqualTo(AudioCodec.OPUS);
        assertThat(sinks.get("multi").units().getFirst().payload()).isEqualTo(joined("\0\0\0\2ab"));
    }

    @Test
    void otherCodecs_areRefusedByNameWithWhatIsExpected() throws Exception {
        for (String codec : List.of("hvc1", "av01", "vp09")) {
            try (var publisher = publisher("codec")) {
                publisher.video(joined("\u0090", codec, "xxxxxxxx"));
                assertThat(publisher.status("onStatus"))
                        .startsWith("NetStream.Publish.Rejected")
                        .contains(codec, "expected: avc1");
                publisher.awaitClose();
            }
        }
    }

    @Test
    void badKey_isToldInBothWordsThatEncodersKnow() throws Exception {
        try (var publisher = RawPublisher.publishing(server.port(), "live", "bad")) {
            assertThat(publisher.status("onStatus")).isEqualTo("NetStream.Publish.BadName: unknown stream key");
            assertThat(publisher.status("onStatus")).isEqualTo("NetStream.Publish.Rejected: unknown stream key");
            publisher.awaitClose();
        }
    }

    @Test
    void connectionThatIsNotWanted_isToldWhy() throws Exception {
        try (var publisher = RawPublisher.to(server.port())) {
            publisher.connect("");
            assertThat(publisher.status("_error")).startsWith("NetConnection.Connect.InvalidApp");
        }
        restart(new RtmpConfig("127.0.0.1", 0, 1, Duration.ofSeconds(10)));
        try (var first = publisher("first");
                var second = RawPublisher.to(server.port())) {
            second.connect("live");
            assertThat(second.status("_error"))
                    .startsWith("NetConnection.Connect.Rejected")
                    .contains("fewer than 1");
            second.awaitClose();
            first.header();
            first.picture();
            await().atMost(PATIENCE).until(() -> sinks.get("first").count(Track.VIDEO) == 1);
        }
    }

    @Test
    void keyWithItsQuery_isAskedForVerbatimAndTakesOverItsGhost() throws Exception {
        String key = "1786?s_efg=a%3D&s_vt=ig&a=B/c+d";
        try (var ghost = publisher(key)) {
            Frames before = sinks.get(key);
            try (var next = publisher(key)) {
                ghost.awaitClose();
                await().atMost(PATIENCE).until(() -> before.end() != null);
                assertThat(before.end()).contains("took over");
                next.header();
                next.picture();
                await().atMost(PATIENCE).until(() -> sinks.get(key).count(Track.VIDEO) == 1);
                assertThat(sinks.get(key).end()).isNull();
            }
        }
        assertThat(requests).allMatch(request -> request.key().equals(key));
    }

    @Test
    void liveThatWantsItsHostGone_endsTheConnection() throws Exception {
        try (var publisher = publisher("gone")) {
            sinks.get("gone").control().disconnect("another protocol took its place");
            publisher.awaitClose();
            await().atMost(PATIENCE).until(() -> sinks.get("gone").end() != null);
        }
    }

    @Test
    void encoderThatStalls_isClosedAfterTheIdleTime() throws Exception {
        restart(new RtmpConfig("127.0.0.1", 0, 10, Duration.ofMillis(300)));
        try (var publisher = publisher("stalled")) {
            publisher.header();
            publisher.awaitClose();
        }
        await().atMost(PATIENCE).until(() -> sinks.get("stalled").end() != null);
        assertThat(sinks.get("stalled").end()).contains("no bytes");
        assertThat(server.connections()).isZero();
    }

    @Test
    void resetInMidStream_endsThatPublisherOnly() throws Exception {
        try (var other = publisher("other")) {
            other.header();
            try (var publisher = publisher("reset")) {
                publisher.header();
                publisher.picture();
                await().atMost(PATIENCE).until(() -> sinks.get("reset").count(Track.VIDEO) == 1);
                publisher.reset();
            }
            await().atMost(PATIENCE).until(() -> sinks.get("reset").end() != null);
            other.picture();
            await().atMost(PATIENCE).until(() -> sinks.get("other").count(Track.VIDEO) == 1);
            assertThat(sinks.get("other").end()).isNull();
        }
    }

    @Test
    void threePercentMalformedMessages_endTheirConnectionsOnly() throws Exception {
        var random = new SplittableRandom(3);
        var tags = new Mutator(3, Mutator.corpus("flv"));
        try (var healthy = publisher("healthy")) {
            healthy.header();
            int sent = 0;
            for (int i = 0; i < 20; i++) {
                try (var other = publisher("other-" + i)) {
                    other.header();
                    for (int j = 0; j < 100; j++) {
                        other.video(
                                random.nextInt(100) < 3
                                        ? tags.next()
                                        : new byte[] {0x27, 1, 0, 0, 0, 0, 0, 0, 1, 0x41});
                        if (j % 10 == 0) {
                            healthy.picture();
                            sent++;
                        }
                    }
                } catch (IOException e) {
                    assertThat(sinks).containsKey("other-" + i);
                }
            }
            int pictures = sent;
            await().atMost(PATIENCE).until(() -> sinks.get("healthy").count(Track.VIDEO) == pictures);
            await().atMost(PATIENCE).until(() -> server.connections() == 1);
            assertThat(sinks.get("healthy").end()).isNull();
        }
    }

    @Test
    void mutatedConnections_endThemselvesAndNobodyElse() throws Exception {
        restart(new RtmpConfig("127.0.0.1", 0, 100, Duration.ofMillis(500)));
        var handshake = new Mutator(5, Mutator.corpus("rtmp"));
        var session = new Mutator(6, Mutator.corpus("chunk"));
        try (var healthy = publisher("healthy")) {
            healthy.header();
            for (int i = 0; i < 300; i++) {
                byte[] bytes = i % 4 == 0 ? handshake.next() : joined(new byte[] {3}, new byte[3072], session.next());
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                    // The server may close before all is written.
                }
                healthy.picture();
            }
            await().atMost(PATIENCE).until(() -> sinks.get("healthy").count(Track.VIDEO) == 300);
            await().atMost(PATIENCE).until(() -> {
                healthy.picture();
                return server.connections() == 1;
            });
            assertThat(sinks.get("healthy").end()).isNull();
        }
    }

    @Test
    void rtmps_takesTheSameStreams_andPlainBytesThereEndThemselves() throws Exception {
        var file = Clips.obsDefaultFile(6);
        restart(RtmpConfig.on("127.0.0.1", 0).withTls(RtmpTls.selfSigned(0, "localhost", Clock.systemUTC())));
        int port = server.tlsPort().orElseThrow();
        try (var plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.setSoTimeout(20_000);
            plain.getOutputStream().write(new byte[] {3, 1, 2, 3, 4, 5, 6, 7});
            assertThat(plain.getInputStream().readAllBytes().length).isLessThan(100);
        }
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-c",
                        "copy",
                        "-f",
                        "flv",
                        "-tls_verify",
                        "0",
                        "rtmps://localhost:" + port + "/live/secure?a=1")
                .inheritIO()
                .start();
        try {
            await().atMost(PATIENCE).until(() -> sinks.containsKey("secure?a=1"));
            Frames frames = sinks.get("secure?a=1");
            await().atMost(PATIENCE).until(() -> frames.end() != null);
            assertThat(frames.count(Track.VIDEO)).isEqualTo(180);
            assertThat(frames.headers().audio()).isNotNull();
        } finally {
            ffmpeg.destroyForcibly();
        }
    }
}
