package dev.weir.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.Protocol;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RtcSessionStats;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.WebRtcConfig;
import dev.weir.simulcast.WebRtcServer;
import dev.weir.simulcast.WhepReply;
import dev.weir.simulcast.WhipReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Executors;

/** An engine that serves viewers in a hub's place: our own, with the least HTTP that WHIP and WHEP ask for. */
final class EngineEdge implements AutoCloseable {
    private final LiveStreams lives = new LiveStreams(TargetPolicy.standard(), Clock.systemUTC());
    private final WebRtcServer rtc = WebRtcServer.start(WebRtcConfig.on("127.0.0.1", 0), Clock.systemUTC());
    private final HttpServer http;

    EngineEdge() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
    }

    /** Host and port of its HTTP side. */
    String authority() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    /** Viewers whose picture flows. */
    long viewers() {
        return rtc.sessions().stream()
                .filter(session -> session.kind() == RtcSessionStats.Kind.WHEP
                        && session.state() == RtcSessionStats.State.CONNECTED)
                .count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "Content-Type, Authorization");
            exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "POST, DELETE, OPTIONS");
            exchange.getResponseHeaders().set("Access-Control-Expose-Headers", "Location, ETag");
            switch (exchange.getRequestMethod()) {
                case "POST" -> post(exchange, path[0], path[1]);
                case "DELETE" -> {
                    rtc.delete(path[1]);
                    answer(exchange, 200, "");
                }
                default -> answer(exchange, 204, "");
            }
        }
    }

    private void post(HttpExchange exchange, String kind, String show) throws IOException {
        String offer = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (kind.equals("whip")) {
            var request = new PublishRequest(Protocol.WHIP, "live", show, "127.0.0.1");
            var reply = rtc.whip(
                    request,
                    r -> new PublishVerdict.Accepted(lives.open(r.key()).openHost()),
                    offer);
            if (reply instanceof WhipReply.Answered answered) {
                created(exchange, "/whip-session/" + answered.sessionId(), answered.sdp());
                return;
            }
        } else if (rtc.whep(lives.open(show), offer, "127.0.0.1") instanceof WhepReply.Answered answered) {
            created(exchange, "/whep-session/" + answered.sessionId(), answered.sdp());
            return;
        }
        answer(exchange, 503, "");
    }

    private static void created(HttpExchange exchange, String location, String sdp) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.getResponseHeaders().set("Content-Type", "application/sdp");
        answer(exchange, 201, sdp);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
        rtc.close();
        lives.close();
    }
}
