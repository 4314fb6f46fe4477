package dev.weir.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What does a server say? Short questions with short answers. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Http() {}

    /** True when it answers with 200. */
    public static boolean answers(URI url) throws InterruptedException {
        try {
            return send(url).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The body; throws unless the status is 200. */
    public static String get(URI url) throws IOException, InterruptedException {
        HttpResponse<String> response = send(url);
        if (response.statusCode() != 200) {
            throw new IOException("%s: %d (expected: 200)".formatted(url, response.statusCode()));
        }
        return response.body();
    }

    private static HttpResponse<String> send(URI url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
