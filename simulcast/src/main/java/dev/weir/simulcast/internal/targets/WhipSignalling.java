package dev.weir.simulcast.internal.targets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.simulcast.TargetPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of one push by WHIP. FFmpeg's client verifies no certificate and does not say why it was refused: so it
 * posts its offer to us over loopback, and we to the server, whose name we verify and whose words we keep. Thread-safe.
 */
final class WhipSignalling implements AutoCloseable {

    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_REDIRECTS = 3;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final WhipAddress address;
    private final Duration patience;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer loopback;
    /** So that nobody else on this machine can use it. */
    private final String path = "/" + UUID.randomUUID();

    private volatile @Nullable URI session;
    private volatile @Nullable WhipRefusedException refusal;

    private WhipSignalling(WhipAddress address, TargetPolicy policy) throws IOException {
        this.address = address;
        this.patience = policy.noProgress();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(HttpsTrust.of(policy))
                .connectTimeout(policy.noProgress())
                .executor(threads)
                .build();
        this.loopback = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        loopback.setExecutor(threads);
        loopback.createContext(path, this::serve);
        loopback.start();
    }

    /** Opens the way to that address; nothing is sent yet. */
    static WhipSignalling open(WhipAddress address, TargetPolicy policy) throws WhipRefusedException {
        try {
            return new WhipSignalling(address, policy);
        } catch (IOException e) {
            throw WhipRefusedException.of(e, address::redact);
        }
    }

    /** Where FFmpeg posts to. */
    String url() {
        return "http://127.0.0.1:" + loopback.getAddress().getPort() + path;
    }

    /** Why the server did not take the offer; null when it did, or was not asked. */
    @Nullable
    WhipRefusedException refusal() {
        return refusal;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "POST" -> publish(exchange);
                case "DELETE" -> {
                    leave();
                    reply(exchange, 200, "");
                }
                default -> reply(exchange, 405, "");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] offer = exchange.getRequestBody().readNBytes(MAX_BODY);
        try {
            HttpResponse<String> response = post(offer);
            if (response.statusCode() != 201) {
                refusal = WhipRefusedException.of(response.statusCode(), address.redact(response.body()));
                reply(exchange, response.statusCode(), "");
                return;
            }
            session = location(response, response.uri());
            exchange.getResponseHeaders().set("Content-Type", "application/sdp");
            exchange.getResponseHeaders().set("Location", path + "/session");
            reply(exchange, 201, response.body());
        } catch (IOException e) {
            refusal = WhipRefusedException.of(e, address::redact);
            reply(exchange, 502, "");
        }
    }

    /** Balancers send clients on by 307 (RFC 9725 §4.5); to a place without TLS we do not follow. */
    private HttpResponse<String> post(byte[] offer) throws IOException, InterruptedException {
        URI to = address.endpoint();
        for (int i = 0; ; i++) {
            HttpRequest request = request(to, patience)
                    .header("Content-Type", "application/sdp")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(offer))
                    .build();
            HttpResponse<String> response = client.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_BODY));
            URI next = location(response, to);
            boolean onward = (response.statusCode() == 307 || response.statusCode() == 308) && i < MAX_REDIRECTS;
            if (!onward || next == null || !String.valueOf(to.getScheme()).equals(next.getScheme())) {
                return response;
            }
            to = next;
        }
    }

    /** Absolute, relative or unreadable. */
    private static @Nullable URI location(HttpResponse<?> response, URI base) {
        try {
            return response.headers().firstValue("Location").map(base::resolve).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private HttpRequest.Builder request(URI to, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to).timeout(timeout);
        return address.key().isEmpty() ? request : request.header("Authorization", "Bearer " + address.key());
    }

    /** Ends the session at the server, once, without waiting long for its answer. */
    private void leave() throws InterruptedException {
        URI ended = session;
        session = null;
        if (ended != null) {
            try {
                client.send(request(ended, GOODBYE).DELETE().build(), HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                // The server notices by the silence.
            }
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Ends what FFmpeg could not end any more, behind the caller's back, and frees everything within 3 s. */
    @Override
    public void close() {
        loopback.stop(0);
        Thread.ofVirtual().name("whip-goodbye").start(() -> {
            try {
                leave();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                client.close();
                threads.shutdownNow();
            }
        });
    }
}
