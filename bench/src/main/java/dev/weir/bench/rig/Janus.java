package dev.weir.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How does the peer do it? Janus from Debian with its streaming plugin, ICE-lite, otherwise at its defaults, fed with
 * RTP by ffmpeg without re-encoding.
 */
public final class Janus implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10_000;

    private final Child server;
    private final Child feed;
    private final URI api;

    private Janus(Child server, Child feed, URI api) {
        this.server = server;
        this.feed = feed;
        this.api = api;
    }

    /**
     * Starts it with the clip, over and over.
     *
     * @param eventLoops threads for all viewers; 0 for one thread each, its default
     * @param helpers threads that hand packets of the stream to viewers; 0 for its receiving thread alone, its default
     */
    public static Janus start(Clip clip, int eventLoops, int helpers) throws IOException, InterruptedException {
        int http = Ports.free();
        int video = Ports.free() & ~1;
        int audio = Ports.free() & ~1;
        Path config = Files.createTempDirectory("weir-janus");
        write(config, eventLoops, helpers, http, video, audio);
        Path log = Clip.folder().resolve("janus.log");
        Files.deleteIfExists(log);
        Path film = clip.opus();
        Child server =
                Child.start("janus", log, List.of("janus", "-F", config.toString(), "-C", config + "/janus.jcfg"));
        Child feed = Child.start("feed", Clip.folder().resolve("janus-feed.log"), feed(film, video, audio));
        var janus = new Janus(server, feed, URI.create("http://127.0.0.1:" + http + "/janus"));
        janus.awaitReady();
        return janus;
    }

    /** Paced, so that a key frame does not overflow the socket it is sent to. */
    private static List<String> feed(Path film, int video, int audio) {
        String to = "udp://127.0.0.1:%d?pkt_size=1200&bitrate=30000000";
        return List.of(
                "ffmpeg",
                "-hide_banner",
                "-nostdin",
                "-nostats",
                "-re",
                "-stream_loop",
                "-1",
                "-i",
                film.toString(),
                "-map",
                "0:v",
                "-c",
                "copy",
                "-payload_type",
                "96",
                "-rtpflags",
                "skip_rtcp",
                "-f",
                "rtp",
                to.formatted(video),
                "-map",
                "0:a",
                "-c",
                "copy",
                "-payload_type",
                "111",
                "-rtpflags",
                "skip_rtcp",
                "-f",
                "rtp",
                to.formatted(audio));
    }

    private static void write(Path config, int eventLoops, int helpers, int http, int video, int audio)
            throws IOException {
        Files.writeString(config.resolve("janus.jcfg"), """
                general: {
                  configs_folder = "%s"
                  debug_level = 3
                  session_timeout = 0
                  %s
                }
                media: { ipv6 = false }
                nat: { ice_lite = true }
                plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,\
                libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_textroom.so,libjanus_videocall.so,\
                libjanus_videoroom.so,libjanus_voicemail.so" }
                transports: { disable = "libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so,\
                libjanus_websockets.so" }
                """.formatted(
                        config, eventLoops == 0 ? "" : "event_loops = " + eventLoops));
        Files.writeString(config.resolve("janus.transport.http.jcfg"), """
                general: { json = "compact", base_path = "/janus", http = true, port = %d, ip = "127.0.0.1" }
                admin: { admin_http = false }
                """.formatted(http));
        Files.writeString(config.resolve("janus.plugin.streaming.jcfg"), """
                live: {
                  type = "rtp", id = 1, threads = %d, audio = true, video = true
                  audioport = %d, audiopt = 111, audiocodec = "opus"
                  videoport = %d, videopt = 96, videocodec = "h264"
                  videofmtp = "profile-level-id=42e01f;packetization-mode=1"
                }
                """.formatted(helpers, audio, video)
                .replace(", ", "\n  "));
    }

    private void awaitReady() throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!Http.answers(URI.create(api + "/info"))) {
            if (System.nanoTime() > until || !server.isAlive()) {
                close();
                throw new IOException("Janus: no answer (expected: within 10 s): " + server.printed());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Where its JSON API answers. */
    public URI api() {
        return api;
    }

    /** Its process id. */
    public long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        feed.close();
        server.close();
    }
}
