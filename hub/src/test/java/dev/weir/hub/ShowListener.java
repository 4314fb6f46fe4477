package dev.weir.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A viewer's event stream of a show, from now on. */
final class ShowListener implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final InputStream stream;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    private record Heard(String event, JsonNode data) {}

    ShowListener(URI base, String showId) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/shows/" + showId + "/events"))
                .header("Accept", "text/event-stream")
                .build();
        stream = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String event = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    event = line.substring("event:".length()).trim();
                } else if (line.startsWith("data:")) {
                    heard.add(new Heard(event, JSON.readTree(line.substring("data:".length()))));
                }
            }
        } catch (IOException e) {
            // Closed: what was heard until then is kept.
            heard.add(new Heard("closed", JSON.nullNode()));
        }
    }

    /** What was said of {@code sku}. */
    List<JsonNode> heard(String event, String sku) {
        return heard.stream()
                .filter(one -> one.event().equals(event)
                        && one.data().path("sku").asText().equals(sku))
                .map(Heard::data)
                .toList();
    }

    @Override
    public void close() throws IOException {
        stream.close();
        client.shutdownNow();
    }
}
