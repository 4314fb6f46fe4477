package dev.weir.bench.rig;

import com.sun.net.httpserver.HttpExchange;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.WebRtcServer;
import dev.weir.simulcast.WhepReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** WHEP over the rig's HTTP: POST an offer to {@code /whep/{id}}, DELETE {@code /whep/session/{session}} to leave. */
final class RigWhep {

    private final LiveStreams lives;
    private final WebRtcServer server;

    private RigWhep(LiveStreams lives, WebRtcServer server) {
        this.lives = lives;
        this.server = server;
    }

    static void serve(RigHttp http, LiveStreams lives, WebRtcServer server) {
        http.context("/whep/", new RigWhep(lives, server)::answer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        Optional<LiveStream> live = lives.find(path[2]);
        if (exchange.getRequestMethod().equals("DELETE") && path.length == 4) {
            server.delete(path[3]);
            RigHttp.send(exchange, 200, "text/plain", new byte[0]);
        } else if (live.isEmpty()) {
            RigHttp.send(exchange, 404, "text/plain", new byte[0]);
        } else {
            String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            reply(exchange, server.whep(live.get(), offer, "127.0.0.1"));
        }
    }

    private static void reply(HttpExchange exchange, WhepReply reply) throws IOException {
        switch (reply) {
            case WhepReply.Answered answered -> {
                exchange.getResponseHeaders().set("Location", "/whep/session/" + answered.sessionId());
                RigHttp.send(exchange, 201, "application/sdp", answered.sdp().getBytes(StandardCharsets.UTF_8));
            }
            case WhepReply.Refused refused ->
                RigHttp.send(
                        exchange,
                        refused.status(),
                        "text/plain",
                        refused.reason().getBytes(StandardCharsets.UTF_8));
            case WhepReply.Full full ->
                RigHttp.send(exchange, 503, "text/plain", full.reason().getBytes(StandardCharsets.UTF_8));
        }
    }
}
