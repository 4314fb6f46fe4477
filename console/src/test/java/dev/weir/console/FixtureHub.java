package dev.weir.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.console.FixtureShop.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the pages as the hub does, over canned data; run {@link #main} to look at them. */
final class FixtureHub implements AutoCloseable {
    static final String KEY = "fixture-key";

    final FixtureShow show = new FixtureShow();
    final FixtureShop shop = new FixtureShop(show);
    final FixtureMedia media = new FixtureMedia();
    final FixtureDesk desk = new FixtureDesk(show);
    final FixtureOnAir onAir = new FixtureOnAir(show);
    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** {@code media}: a folder with an HLS stream to play, or an absent one for a show without a picture. */
    FixtureHub(int port, Path folder) throws IOException {
        this.folder = folder;
        show.hostConnected = Files.isDirectory(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Arguments: a port, a folder with an HLS stream, and {@code hls} for the fixture's own clip. */
    public static void main(String[] arguments) throws Exception {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8099;
        try (var hub = new FixtureHub(port, Path.of(arguments.length > 1 ? arguments[1] : "no-media"))) {
            if (arguments.length > 2) {
                hub.show.hostConnected = true;
                hub.media.hasHls = true;
            }
            new CountDownLatch(1).await();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            String path = exchange.getRequestURI().getPath();
            Optional<ConsolePage> page = pageAt(path);
            if (page.isPresent()) {
                exchange.getResponseHeaders().set("Content-Security-Policy", ConsolePages.contentSecurityPolicy());
                send(exchange, 200, "text/html;charset=UTF-8", bytes(ConsolePages.html(page.get())));
            } else if (path.startsWith("/assets/")) {
                resource(exchange, ConsolePages.ROOT + path.substring(1));
            } else if (path.startsWith("/webjars/")) {
                resource(exchange, "META-INF/resources" + path);
            } else if (path.endsWith("/events")) {
                events(exchange, path);
            } else if (media.handle(exchange, path)) {
                return;
            } else if (path.startsWith("/live/")) {
                file(exchange, path);
            } else if (path.startsWith("/pictures/")) {
                send(exchange, 200, "image/svg+xml", bytes(picture(path.replaceAll("\\D", ""))));
            } else {
                api(exchange, path);
            }
        } finally {
            if (!exchange.getRequestURI().getPath().endsWith("/events")) {
                exchange.close();
            }
        }
    }

    private static Optional<ConsolePage> pageAt(String path) {
        for (ConsolePage page : ConsolePage.values()) {
            if (path.matches(page.path().replace("{slug}", "[^/]+"))) {
                return Optional.of(page);
            }
        }
        return Optional.empty();
    }

    private void events(HttpExchange exchange, String path) throws IOException {
        if (path.contains("cockpit") && !isStaff(exchange)) {
            answer(exchange, unauthorised());
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        show.listen(exchange.getResponseBody());
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        Path file = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
        if (!Files.isRegularFile(file)) {
            answer(exchange, new Answer(404, "{\"title\":\"No host\",\"status\":404}"));
            return;
        }
        String type = path.endsWith(".m3u8") ? "application/vnd.apple.mpegurl" : "video/mp4";
        send(exchange, 200, type, Files.readAllBytes(file));
    }

    private void api(HttpExchange exchange, String path) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String call = exchange.getRequestMethod() + " " + path;
        String last = path.substring(path.lastIndexOf('/') + 1);
        Answer answer = viewer(call, path, last, body);
        if (answer == null) {
            answer = isStaff(exchange)
                    ? onAir.answer(call, body)
                            .orElseGet(() ->
                                    desk.answer(call, exchange.getRequestURI().getRawQuery(), body))
                    : unauthorised();
        }
        answer(exchange, answer);
    }

    private @org.jspecify.annotations.Nullable Answer viewer(String call, String path, String last, String body) {
        return switch (call.replaceAll("/(h\\d+|c-h\\d+|w\\d+)", "/*")) {
            case "GET /api/shows" -> new Answer(200, FixtureDesk.shows(show.state));
            case "GET /api/shows/kiln-night", "GET /api/shows/sh_01" -> new Answer(200, show.json());
            case "GET /api/shows/sh_01/media" -> media.places();
            case "GET /api/shows/sh_01/timeline" -> media.marks();
            case "GET /api/shows/sh_01/chat" -> new Answer(200, show.chatJson());
            case "POST /api/shows/sh_01/chat" ->
                new Answer(201, show.say(FixtureShop.field(body, "name"), FixtureShop.field(body, "text")));
            case "POST /api/holds" -> shop.take(body);
            case "GET /api/holds/*" -> shop.hold(last);
            case "DELETE /api/holds/*" -> shop.release(last);
            case "POST /api/waitlist" -> shop.line.join(body);
            case "GET /api/waitlist/*" -> shop.line.entry(last);
            case "DELETE /api/waitlist/*" -> shop.line.leave(last);
            case "POST /api/checkouts" -> shop.open(body);
            case "GET /api/checkouts/*" -> shop.checkout(last);
            case "POST /sandbox/confirm/*" -> shop.confirm(last, body);
            case "POST /sandbox/confirm/*/challenge" -> shop.challenge(path.split("/")[3], body);
            default ->
                call.matches("GET /api/shows/[^/]+")
                        ? new Answer(404, "{\"title\":\"No such show\",\"status\":404,\"detail\":\"" + last + "\"}")
                        : null;
        };
    }

    private static boolean isStaff(HttpExchange exchange) {
        return ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static Answer unauthorised() {
        return new Answer(401, """
            {"type":"/problems/unauthorised","title":"That key is not known here","status":401,"detail":"Ask your operator for a key with the right role."}""");
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        String type = answer.body().startsWith("day,")
                ? "text/csv"
                : answer.status() < 400 ? "application/json" : "application/problem+json";
        send(exchange, answer.status(), type, bytes(answer.body()));
    }

    private static void resource(HttpExchange exchange, String name) throws IOException {
        try (InputStream in = FixtureHub.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                send(exchange, 404, "text/plain", bytes(name));
                return;
            }
            String type =
                    name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "image/svg+xml";
            send(exchange, 200, type, in.readAllBytes());
        }
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String picture(String hue) {
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="hsl(%1$s 45%% 86%%)"/>
            <path d="M28 34h44l-5 34q-2 9-12 9H45q-10 0-12-9z" fill="hsl(%1$s 55%% 42%%)"/><ellipse cx="50" cy="34" rx="22" ry="5" fill="hsl(%1$s 45%% 28%%)"/></svg>""".formatted(hue);
    }

    @Override
    public void close() {
        media.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
