package dev.weir.bench.fire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/** How does a buyer ask a hub? Once, waiting 2 s at most; no answer means that nobody knows. Thread-safe. */
final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    Answer call(int port, String what, String brand, String id, String lines) {
        String query = "?brand=" + text(brand) + "&id=" + text(id) + "&lines=" + text(lines);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + what + query))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        try {
            return Answer.parse(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (ConnectException e) {
            return Answer.of(Answer.Word.NOT_SENT);
        } catch (IOException e) {
            return new Answer(Answer.Word.UNSURE, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(Answer.Word.UNSURE, "interrupted");
        }
    }

    private static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
