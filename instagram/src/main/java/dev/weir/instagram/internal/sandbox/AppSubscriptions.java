package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Where does the stand-in push, and what? An address is asked first whether it knows the verify token; of addresses beyond
 * this machine, which the stand-in cannot reach, it is believed.
 */
final class AppSubscriptions {
    private static final String COLLECTION = "subscriptions";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SandboxStore store;

    AppSubscriptions(SandboxStore store) {
        this.store = store;
    }

    /** Drops what was subscribed, without a word. */
    void forget() {
        store.put(COLLECTION, "instagram", SandboxStore.document().put("gone", true));
        store.put(COLLECTION, "page", SandboxStore.document().put("gone", true));
    }

    /** Whether comments are pushed; until somebody subscribes, a stand-in pushes by itself. */
    boolean pushes() {
        return !gone("instagram") && !gone("page");
    }

    private boolean gone(String object) {
        ObjectNode kept = store.get(COLLECTION, object);
        return kept != null && kept.has("gone");
    }

    ObjectNode list() {
        return data("instagram");
    }

    ObjectNode apps() {
        return data("page");
    }

    private ObjectNode data(String object) {
        ObjectNode answer = SandboxStore.document();
        ArrayNode data = answer.putArray("data");
        ObjectNode kept = store.get(COLLECTION, object);
        if (kept != null && !kept.has("gone")) {
            data.add(kept);
        }
        return answer;
    }

    /** Subscribes the app; the version of the fields is that of the call. */
    ObjectNode subscribe(JsonNode body, String version) {
        ObjectNode kept = SandboxStore.document()
                .put("object", body.path("object").asText())
                .put("callback_url", body.path("callback_url").asText())
                .put("active", true);
        ArrayNode fields = kept.putArray("fields");
        for (String field : body.path("fields").asText().split(",", -1)) {
            fields.addObject().put("name", field).put("version", version);
        }
        store.put(COLLECTION, "instagram", kept);
        return SandboxStore.document().put("success", true);
    }

    ObjectNode subscribeApp(JsonNode body) {
        ObjectNode kept = SandboxStore.document().put("id", Meta.APP).put("name", "Weir demo");
        ArrayNode fields = kept.putArray("subscribed_fields");
        for (String field : body.path("subscribed_fields").asText().split(",", -1)) {
            fields.add(field);
        }
        store.put(COLLECTION, "page", kept);
        return SandboxStore.document().put("success", true);
    }

    /** Asks the address whether it knows the token; throws where it does not. Not under the store's lock: it may call back. */
    static void shakeHands(JsonNode body) {
        if (!body.path("object").asText().equals("instagram")
                || body.path("verify_token").asText().isBlank()) {
            throw GraphError.parameter("object and verify_token are required");
        }
        URI callback = URI.create(body.path("callback_url").asText());
        if (!"127.0.0.1".equals(callback.getHost()) && !"localhost".equals(callback.getHost())) {
            return;
        }
        String challenge = Long.toString(Integer.toUnsignedLong(body.hashCode()));
        URI question = URI.create(callback + "?hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token="
                + URLEncoder.encode(body.path("verify_token").asText(), StandardCharsets.UTF_8));
        if (!challenge.equals(answer(question))) {
            throw GraphError.of(2200, "(#2200) Callback verification failed: the challenge did not come back");
        }
    }

    private static String answer(URI question) {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(question).timeout(PATIENCE).build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "HTTP " + response.statusCode();
        } catch (IOException e) {
            return "no answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no answer";
        }
    }
}
