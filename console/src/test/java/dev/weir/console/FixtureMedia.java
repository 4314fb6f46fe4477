package dev.weir.console;

import com.sun.net.httpserver.HttpExchange;
import dev.weir.console.FixtureShop.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * WHEP, WHIP and HLS of the fixture hub. Offers are answered by a second page ({@code /peer}) that holds the other end;
 * the HLS clip was made by FFmpeg from {@code testsrc2} and {@code sine}: two seconds, repeated for ever.
 */
final class FixtureMedia {
    private static final long SEGMENT_MILLIS = 2_000;
    private static final long WAIT_SECONDS = 5;

    final List<String> offers = new CopyOnWriteArrayList<>();
    final List<String> deleted = new CopyOnWriteArrayList<>();
    volatile int whepStatus = 201;
    volatile int whipStatus = 201;
    volatile boolean isSilent;
    volatile boolean isTakenOver;
    volatile boolean hasHls;
    volatile String state = "LIVE";
    volatile String replay = "null";
    volatile String timeline = "";
    private final AtomicInteger sessions = new AtomicInteger();
    private final BlockingQueue<Offer> open = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    private record Offer(String session, String kind, String sdp) {}

    Answer places() {
        return new Answer(200, """
            {"whep":"/whep/sh_01","hls":"/live/sh_01/index.m3u8","cdn":"/live/sh_01/cdn.m3u8","state":"%s","replay":%s}""".formatted(state, replay));
    }

    Answer marks() {
        return new Answer(200, "{\"items\":[" + timeline + "],\"replays\":[]}");
    }

    /** Cuts the connection of a session from the far end, as a hub that goes away. */
    void cut(String session) {
        open.add(new Offer(session, "close", ""));
    }

    void close() {
        isClosed = true;
    }

    /** Answers true when the address was one of these. */
    boolean handle(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/peer")) {
            send(
                    exchange,
                    200,
                    "text/html",
                    bytes("<!doctype html><title>peer</title><script type=module src=/peer.js></script>"));
        } else if (path.equals("/peer.js")) {
            send(exchange, 200, "text/javascript", resource("peer.js"));
        } else if (path.startsWith("/peer/")) {
            peer(exchange, path);
        } else if (path.startsWith("/whep/") || path.equals("/whip") || path.startsWith("/whip/")) {
            signalling(exchange, path);
        } else if (path.startsWith("/live/") && hasHls || path.startsWith("/replays/")) {
            hls(exchange, path);
        } else {
            return false;
        }
        return true;
    }

    private void signalling(HttpExchange exchange, String path) throws IOException {
        String kind = path.substring(1, 5);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("DELETE")) {
            deleted.add(path.substring(path.lastIndexOf('/') + 1));
            if (isTakenOver) {
                send(exchange, 410, "application/problem+json", bytes("{\"type\":\"/problems/taken-over\"}"));
            } else {
                send(exchange, 200, "text/plain", new byte[0]);
            }
            return;
        }
        boolean isStranger = kind.equals("whip")
                && !"Bearer live_sh01_4f9a1c77be"
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        int status = isStranger ? 401 : kind.equals("whep") ? whepStatus : whipStatus;
        if (status != 201) {
            refuse(exchange, status);
            return;
        }
        answer(exchange, path, new Offer("m" + sessions.incrementAndGet(), kind, body));
    }

    private void answer(HttpExchange exchange, String path, Offer offer) throws IOException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(offer.session(), answer);
        offers.add(offer.session());
        open.add(offer);
        try {
            byte[] sdp = bytes(answer.get(WAIT_SECONDS, TimeUnit.SECONDS));
            exchange.getResponseHeaders().set("Location", path + "/" + offer.session());
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            send(exchange, 201, "application/sdp", sdp);
        } catch (Exception late) {
            refuse(exchange, 503);
        }
    }

    private void peer(HttpExchange exchange, String path) throws IOException {
        if (path.startsWith("/peer/answer/")) {
            String sdp = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            CompletableFuture<String> answer = answers.remove(path.substring("/peer/answer/".length()));
            if (answer != null) {
                answer.complete(sdp);
            }
            send(exchange, 204, "text/plain", new byte[0]);
            return;
        }
        Offer offer = next();
        if (offer == null) {
            send(exchange, isClosed ? 410 : 204, "text/plain", new byte[0]);
            return;
        }
        exchange.getResponseHeaders().set("X-Session", offer.session());
        exchange.getResponseHeaders().set("X-Kind", offer.kind());
        exchange.getResponseHeaders().set("X-Mode", isSilent ? "silent" : "playing");
        send(exchange, 200, "application/sdp", bytes(offer.sdp()));
    }

    private @Nullable Offer next() {
        try {
            return open.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void hls(HttpExchange exchange, String path) throws IOException {
        if (path.endsWith(".m3u8")) {
            send(exchange, 200, "application/vnd.apple.mpegurl", bytes(playlist(path.startsWith("/live/"))));
        } else {
            send(exchange, 200, "video/mp4", resource(path.endsWith("init.mp4") ? "init.mp4" : "clip.m4s"));
        }
    }

    private static String playlist(boolean isLive) {
        long last = isLive ? System.currentTimeMillis() / SEGMENT_MILLIS : 9;
        long first = isLive ? last - 5 : 0;
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n")
                .append("#EXT-X-MEDIA-SEQUENCE:" + first + "\n#EXT-X-DISCONTINUITY-SEQUENCE:" + first + "\n");
        for (long n = first; n <= last; n++) {
            text.append("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:2.0,\nclip" + n + ".m4s\n");
        }
        return text.append(isLive ? "" : "#EXT-X-ENDLIST\n").toString();
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "2");
        }
        send(exchange, status, "application/problem+json", bytes("""
            {"title":"%s","status":%d,"detail":"Asked by the test."}""".formatted(
                        status == 503 ? "No room for another viewer" : "Refused", status)));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        FixtureHub.send(exchange, status, type, body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = FixtureMedia.class.getResourceAsStream("/fixture/" + name)) {
            if (in == null) {
                throw new IOException(name + ": not among the fixtures");
            }
            return in.readAllBytes();
        }
    }
}
