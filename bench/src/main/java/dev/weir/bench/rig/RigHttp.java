package dev.weir.bench.rig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.console.ConsolePages;
import dev.weir.simulcast.HlsPackager;
import dev.weir.simulcast.HlsResource;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.PlaylistReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * What of the engine can be reached over HTTP, as the hub would serve it: {@code /live/{id}/…}, {@code /whep/{id}}, the
 * player's own modules under {@code /assets} and {@code /webjars}, pages of the measurements, and {@code /figures}.
 */
final class RigHttp {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveStreams lives;
    private final HttpServer server;

    private RigHttp(LiveStreams lives, HttpServer server) {
        this.lives = lives;
        this.server = server;
    }

    /** Answers from now on. */
    static RigHttp start(LiveStreams lives, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        var http = new RigHttp(lives, server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/live/", exchange -> http.guarded(exchange, http::live));
        server.createContext("/figures", exchange -> http.guarded(exchange, http::figures));
        server.createContext("/assets/", exchange -> http.guarded(exchange, http::file));
        server.createContext("/webjars/", exchange -> http.guarded(exchange, http::file));
        server.createContext("/pages/", exchange -> http.guarded(exchange, http::file));
        server.start();
        return http;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @FunctionalInterface
    interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    void context(String path, Answering answering) {
        server.createContext(path, exchange -> guarded(exchange, answering));
    }

    private void guarded(HttpExchange exchange, Answering answering) throws IOException {
        try (exchange) {
            answering.answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void live(HttpExchange exchange) throws IOException, InterruptedException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        Optional<LiveStream> stream = path.length < 4 ? Optional.empty() : lives.find(path[2]);
        if (stream.isEmpty()) {
            send(exchange, 404, "text/plain", new byte[0]);
            return;
        }
        Map<String, String> query = query(exchange);
        String sequence = query.get("_HLS_msn");
        if (path[3].equals(HlsPackager.PLAYLIST) && sequence != null) {
            int part = Integer.parseInt(query.getOrDefault("_HLS_part", "-1"));
            boolean delta = query.containsKey("_HLS_skip");
            switch (stream.get().playlist(Long.parseLong(sequence), part, delta, LONGEST_WAIT)) {
                case PlaylistReply.Ready ready -> send(exchange, ready.playlist());
                case PlaylistReply.TimedOut _ -> send(exchange, 503, "text/plain", new byte[0]);
                case PlaylistReply.TooFarAhead _ -> send(exchange, 400, "text/plain", new byte[0]);
            }
            return;
        }
        Optional<HlsResource> found = stream.get().hls(path[3], LONGEST_WAIT);
        if (found.isPresent()) {
            send(exchange, found.get());
        } else {
            send(exchange, 404, "text/plain", new byte[0]);
        }
    }

    private static void send(HttpExchange exchange, HlsResource resource) throws IOException {
        send(exchange, 200, resource.contentType(), resource.bytes());
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return query;
    }

    private void figures(HttpExchange exchange) throws IOException {
        boolean collect = "collected".equals(exchange.getRequestURI().getQuery());
        send(exchange, 200, "application/json", JSON.writeValueAsBytes(RigFigures.now(lives, collect)));
    }

    private void file(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String resource = path.startsWith("/assets/")
                ? ConsolePages.ASSETS + path.substring(8)
                : path.startsWith("/webjars/") ? ConsolePages.WEBJARS + path.substring(9) : path.substring(1);
        try (InputStream in = RigHttp.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                send(exchange, 404, "text/plain", new byte[0]);
                return;
            }
            byte[] body = in.readAllBytes();
            if (path.endsWith(".html")) {
                String map = "<script type=\"importmap\">" + ConsolePages.importMap() + "</script>";
                String page = new String(body, StandardCharsets.UTF_8).replace("<!--importmap-->", map);
                send(exchange, 200, "text/html;charset=UTF-8", page.getBytes(StandardCharsets.UTF_8));
            } else {
                send(exchange, 200, path.endsWith(".css") ? "text/css" : "text/javascript;charset=UTF-8", body);
            }
        }
    }
}
