package dev.weir.connectors.http;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/** How does one call cross the wire, and what does it mean when nothing comes back? No redirects. Thread-safe. */
final class HttpSender {
    private static final int MAX_ANSWER_BYTES = 8 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    HttpAnswer send(HttpCall call, Duration patience) {
        HttpRequest request = request(call, patience);
        long began = System.nanoTime();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] body = in.readNBytes(MAX_ANSWER_BYTES + 1);
                if (body.length > MAX_ANSWER_BYTES) {
                    throw new ChannelException(Fault.REJECTED, call + ": answer over " + MAX_ANSWER_BYTES + " bytes");
                }
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                return new HttpAnswer(response.statusCode(), flatten(response), body, took);
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new ChannelException(Fault.TRANSIENT, call + ": not reachable", null, e);
        } catch (IOException e) {
            Fault fault = call.safe() ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
            throw new ChannelException(
                    fault, call + ": no answer (" + e.getClass().getSimpleName() + ")", null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(Fault.OUTCOME_UNKNOWN, call + ": interrupted", null, e);
        }
    }

    /** The JDK's refusals repeat the header or the address that they refuse, and with it a secret: they are not passed on. */
    private static HttpRequest request(HttpCall call, Duration patience) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(call.uri())
                    .timeout(patience)
                    .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, call.operation() + ": not an address (expected: http or https, with a host)");
        }
        call.headers().forEach((name, value) -> {
            try {
                request.header(name, value);
            } catch (IllegalArgumentException e) {
                throw new ChannelException(
                        Fault.UNAUTHORISED,
                        call + ": header " + name + " cannot be sent (expected: no line breaks or control characters)");
            }
        });
        return request.build();
    }

    private static Map<String, String> flatten(HttpResponse<?> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getLast()));
        return headers;
    }
}
