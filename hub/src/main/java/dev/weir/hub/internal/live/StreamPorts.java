package dev.weir.hub.internal.live;

import dev.weir.hub.internal.MediaSettings;
import dev.weir.hub.internal.WeirSettings;
import dev.weir.simulcast.GeneratedHost;
import dev.weir.simulcast.HostSpec;
import dev.weir.simulcast.Protocol;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.RtcSessionStats;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import dev.weir.simulcast.RtmpTls;
import dev.weir.simulcast.WebRtcConfig;
import dev.weir.simulcast.WebRtcServer;
import dev.weir.simulcast.WhipReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Where do hosts and viewers reach the media engine? Opens its ports with the application. Thread-safe. */
public final class StreamPorts implements SmartLifecycle {
    private final ShowStreams streams;
    private final BaseUrl baseUrl;
    private final WeirSettings settings;
    private final MediaSettings media;
    private final Clock clock;
    private final SrtPorts srt;
    private @Nullable RtmpServer rtmp;
    private @Nullable WebRtcServer webRtc;
    private @Nullable GeneratedHost generatedHost;

    StreamPorts(ShowStreams streams, BaseUrl baseUrl, WeirSettings settings, MediaSettings media, Clock clock) {
        this.streams = streams;
        this.baseUrl = baseUrl;
        this.settings = settings;
        this.media = media;
        this.clock = clock;
        this.srt = new SrtPorts(media.srt(), streams::authorize);
    }

    @Override
    public synchronized void start() {
        streams.open();
        MediaSettings.WebRtc rtc = media.webrtc();
        webRtc = WebRtcServer.start(
                WebRtcConfig.on(rtc.host(), rtc.port())
                        .withPublicAddresses(rtc.publicAddresses())
                        .withSessions(rtc.maxSessions(), rtc.maxSessionsPerAddress()),
                clock);
        rtmp = RtmpServer.start(rtmpConfig(), streams::authorize);
    }

    private RtmpConfig rtmpConfig() {
        RtmpConfig plain = RtmpConfig.on(settings.rtmp().host(), settings.rtmp().port());
        MediaSettings.Rtmps tls = media.rtmps();
        if (tls.certificate().isBlank()) {
            return plain;
        }
        try {
            return plain.withTls(new RtmpTls(
                    tls.port(),
                    Files.readString(Path.of(tls.certificate())),
                    Files.readString(Path.of(tls.privateKey()))));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "weir.simulcast.rtmps: %s or its key (expected: PEM files that can be read)"
                            .formatted(tls.certificate()),
                    e);
        }
    }

    @Override
    public synchronized void stop() {
        if (generatedHost != null) {
            generatedHost.close();
        }
        if (rtmp != null) {
            rtmp.close();
            rtmp = null;
        }
        srt.close();
        streams.close();
        if (webRtc != null) {
            webRtc.close();
            webRtc = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return rtmp != null;
    }

    /** Whether encoders and browsers find the ports bound that they publish to. */
    public synchronized boolean isListening() {
        return rtmp != null && rtmp.isListening() && webRtc != null && webRtc.isListening();
    }

    /** The port that encoders connect to. */
    public synchronized int rtmpPort() {
        return rtmp == null ? settings.rtmp().port() : rtmp.port();
    }

    /** The address that encoders publish to, without the key. */
    public String rtmpUrl() {
        URI base = baseUrl.get();
        return "rtmp://" + base.getHost() + ":" + rtmpPort() + "/" + ShowStreams.HOST_APP;
    }

    /** The same over TLS; empty without a certificate. */
    public synchronized Optional<String> rtmpsUrl() {
        return rtmp == null || rtmp.tlsPort().isEmpty()
                ? Optional.empty()
                : Optional.of("rtmps://" + baseUrl.get().getHost() + ":"
                        + rtmp.tlsPort().getAsInt() + "/" + ShowStreams.HOST_APP);
    }

    /** The address for an SRT caller, with the key in it; a secret. Empty where SRT is off or every port is taken. */
    public Optional<String> srtUrl(UUID showId, String streamKey) {
        return srt.port(showId, streamKey)
                .map(port -> "srt://" + baseUrl.get().getHost() + ":" + port + "?mode=caller&streamid=" + showId
                        + "&passphrase=" + streamKey);
    }

    /** The show is over: its viewers and its SRT port are let go. */
    public void end(UUID showId) {
        srt.close(showId);
        webRtc().closeLive(showId.toString());
    }

    /** The address that WHIP hosts post their offer to. */
    public String whipUrl() {
        return baseUrl.get() + "/whip";
    }

    /** WHEP viewers and WHIP hosts; IllegalStateException before the application has started. */
    public synchronized WebRtcServer webRtc() {
        if (webRtc == null) {
            throw new IllegalStateException("WebRTC: not started (expected: a hub that is up)");
        }
        return webRtc;
    }

    /** A host over WHIP; {@code key} is its Bearer token. */
    public WhipReply publish(String key, String offer, String remoteAddress) {
        var request = new PublishRequest(Protocol.WHIP, ShowStreams.HOST_APP, key, remoteAddress);
        return webRtc().whip(request, streams::authorize, offer);
    }

    /** The show's viewers over WebRTC. */
    List<RtcSessionStats> viewers(UUID showId) {
        WebRtcServer server;
        synchronized (this) {
            server = webRtc;
        }
        if (server == null) {
            return List.of();
        }
        String show = showId.toString();
        return server.sessions().stream()
                .filter(session -> session.kind() == RtcSessionStats.Kind.WHEP
                        && session.showId().equals(show))
                .toList();
    }

    /** A host made by this process, publishing over the real port. */
    public synchronized void startGeneratedHost(String streamKey, String title) {
        String url = "rtmp://127.0.0.1:" + rtmpPort() + "/" + ShowStreams.HOST_APP + "/" + streamKey;
        generatedHost = GeneratedHost.start(new HostSpec(title, url), clock);
    }
}
