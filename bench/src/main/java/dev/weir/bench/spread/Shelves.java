package dev.weir.bench.spread;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** What do the demo's sandbox shops show, and who buys there? Thread-safe. */
public final class Shelves {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI sandbox;

    /** Those of the sandbox at {@code sandbox}. */
    public Shelves(URI sandbox) {
        this.sandbox = sandbox;
    }

    /** Units of each SKU that a shop shows now. */
    Map<String, Integer> levels(String shop) throws IOException, InterruptedException {
        JsonNode answer = send(at(shop, "stock").build(), 200);
        Map<String, Integer> levels = new HashMap<>();
        answer.properties()
                .forEach(level -> levels.put(level.getKey(), level.getValue().asInt()));
        return levels;
    }

    /** A shopper buys one. */
    void buy(String shop, String sku) throws IOException, InterruptedException {
        send(
                at(shop, "orders")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"sku\":\"%s\",\"quantity\":1}".formatted(sku)))
                        .build(),
                201);
    }

    private HttpRequest.Builder at(String shop, String what) {
        return HttpRequest.newBuilder(URI.create(sandbox + "/sandbox/" + shop + "/" + what));
    }

    private JsonNode send(HttpRequest request, int expected) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IOException(request.method() + " " + request.uri() + " answered " + answer.statusCode() + " "
                    + answer.body() + " (expected: " + expected + ")");
        }
        return json.readTree(answer.body());
    }
}
