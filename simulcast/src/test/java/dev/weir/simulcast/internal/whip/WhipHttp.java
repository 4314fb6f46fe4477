package dev.weir.simulcast.internal.whip;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.simulcast.Protocol;
import dev.weir.simulcast.PublishAuth;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.WhipReply;
import dev.weir.simulcast.internal.rtc.RtcEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** The HTTP around an endpoint: POST an offer to /whip, DELETE the session, and a page that publishes. */
final class WhipHttp implements AutoCloseable {

    private final HttpServer server;
    private final RtcEngine engine;
    private final WhipEndpoint endpoint;
    private final PublishAuth auth;
    private final String page;
    private volatile UnaryOperator<String> answers = UnaryOperator.identity();

    WhipHttp(RtcEngine engine, PublishAuth auth, String page) throws IOException {
        this.engine = engine;
        this.endpoint = new WhipEndpoint(engine);
        this.auth = auth;
        this.page = page;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Changes answers on their way to the publisher. */
    void answers(UnaryOperator<String> change) {
        answers = change;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "POST" -> post(exchange);
                case "DELETE" -> {
                    String path = exchange.getRequestURI().getPath();
                    boolean ended = engine.stop(path.substring(path.lastIndexOf('/') + 1));
                    reply(exchange, ended ? 200 : 404, "text/plain", "");
                }
                default -> reply(exchange, 200, "text/html", page);
            }
        }
    }

    private void post(HttpExchange exchange) throws IOException {
        String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        String key = bearer == null ? "" : bearer.replaceFirst("^Bearer ", "");
        switch (endpoint.publish(new PublishRequest(Protocol.WHIP, "live", key, "127.0.0.1"), auth, offer)) {
            case WhipReply.Answered answered -> {
                exchange.getResponseHeaders().set("Location", "/whip/" + answered.sessionId());
                exchange.getResponseHeaders().set("ETag", answered.etag());
                reply(exchange, 201, "application/sdp", answers.apply(answered.sdp()));
            }
            case WhipReply.Refused(int status, String reason) -> reply(exchange, status, "text/plain", reason);
            case WhipReply.Full(int retryAfterSeconds, String reason) -> {
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(retryAfterSeconds));
                reply(exchange, 503, "text/plain", reason);
            }
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
