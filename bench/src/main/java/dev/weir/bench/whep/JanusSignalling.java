package dev.weir.bench.whep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * How does a viewer join Janus 1.1.2? It knows no WHEP yet: its streaming plugin is asked over its JSON API to watch,
 * offers, and is answered.
 */
public final class JanusSignalling implements Signalling {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI api;

    /** Joins mountpoint 1 at that API. */
    public JanusSignalling(URI api) {
        this.api = api;
    }

    @Override
    public Joined join(LocalSdp local, UnaryOperator<InetSocketAddress> connect)
            throws IOException, InterruptedException {
        URI session = child(api, Map.of("janus", "create"));
        URI handle = child(session, Map.of("janus", "attach", "plugin", "janus.plugin.streaming"));
        post(handle, Map.of("janus", "message", "body", Map.of("request", "watch", "id", 1)));
        RemoteSdp remote = RemoteSdp.parse(offer(session));
        InetSocketAddress self = connect.apply(remote.address());
        Map<String, Object> answer = Map.of("type", "answer", "trickle", false, "sdp", local.answer(remote, self));
        post(handle, Map.of("janus", "message", "body", Map.of("request", "start"), "jsep", answer));
        return new Joined(remote, () -> post(session, Map.of("janus", "destroy")));
    }

    private URI child(URI parent, Map<String, Object> request) throws IOException, InterruptedException {
        return URI.create(
                parent + "/" + post(parent, request).path("data").path("id").asText());
    }

    private String offer(URI session) throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            HttpRequest poll = HttpRequest.newBuilder(URI.create(session + "?maxev=1"))
                    .timeout(PATIENCE.multipliedBy(2))
                    .build();
            JsonNode event = json.readTree(
                    client.send(poll, HttpResponse.BodyHandlers.ofString()).body());
            String sdp = event.path("jsep").path("sdp").asText();
            if (!sdp.isEmpty()) {
                return sdp;
            }
        }
        throw new IOException("Janus: no offer in 5 events (expected: one after watch)");
    }

    private JsonNode post(URI url, Map<String, Object> request) throws IOException, InterruptedException {
        Map<String, Object> body = new HashMap<>(request);
        body.put("transaction", Long.toString(System.nanoTime()));
        HttpRequest post = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
        JsonNode answer = json.readTree(
                client.send(post, HttpResponse.BodyHandlers.ofString()).body());
        if (answer.path("janus").asText().equals("error")) {
            throw new IOException(
                    "Janus: " + answer.path("error").path("reason").asText());
        }
        return answer;
    }
}
