package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.mapping.BrandMaps;
import dev.weir.connectors.mapping.MapName;
import dev.weir.connectors.mapping.MapText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which maps has a brand of its own at a hub that runs? Each is asked for once. For one thread. */
final class HubMaps implements BrandMaps {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final URI hub;
    private final String key;
    private final Map<MapName, Optional<MapText>> known = new HashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();

    HubMaps(URI hub, String key) {
        this.hub = hub;
        this.key = key;
    }

    /** IllegalArgumentException names what the hub refused, or that it does not answer. */
    @Override
    public Optional<MapText> find(String brand, MapName name) {
        return known.computeIfAbsent(name, wanted -> ask(brand, wanted));
    }

    private Optional<MapText> ask(String brand, MapName name) {
        HttpRequest request = HttpRequest.newBuilder(hub.resolve("/api/mappings/" + name))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + key)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 404 ? Optional.empty() : read(brand, response);
        } catch (IOException e) {
            throw new IllegalArgumentException("--hub: " + hub + " (expected: a hub that answers; " + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("--hub: " + hub + " (expected: to be waited for)", e);
        }
    }

    private static Optional<MapText> read(String brand, HttpResponse<String> response) throws IOException {
        JsonNode answer = new ObjectMapper().readTree(response.body());
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException(
                    answer.path("detail").asText("the hub answered " + response.statusCode()));
        }
        if (!answer.path("brand").asText().equals(brand)) {
            throw new IllegalArgumentException(
                    "--brand: " + brand + " (expected: " + answer.path("brand").asText() + ", whose key it is)");
        }
        return answer.path("origin").asText().equals(MapText.Origin.BRAND.name())
                ? Optional.of(new MapText(
                        MapText.Origin.BRAND,
                        answer.path("version").asText(),
                        answer.path("source").asText()))
                : Optional.empty();
    }
}
