package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What does a hub that runs answer to a command? Over its API, with a key from the command line or the environment. */
final class HubCalls {
    private static final String KEY = "WEIR_KEY";
    private static final String HUB = "WEIR_HUB";
    private static final URI HERE = URI.create("http://localhost:8080");
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final String key;
    private final URI hub;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();

    HubCalls(@Nullable URI hub, @Nullable String key, Map<String, String> environment) {
        this.key = key == null ? environment.getOrDefault(KEY, "") : key;
        this.hub = hub == null ? URI.create(environment.getOrDefault(HUB, HERE.toString())) : hub;
    }

    /** What the hub would not do, in its words. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** What a command does with the hub; answers its status. */
    @FunctionalInterface
    interface Work {
        int run() throws Refused, IOException, InterruptedException;
    }

    /**
     * Does {@code work}, and says what kept it from being done: then the status is 1, or 2 when the command was called wrongly.
     *
     * @param whose key it takes, with its article
     * @param interrupted what is to be known when somebody ends the command
     */
    int status(String whose, String interrupted, Terminal terminal, Work work) {
        if (key.isBlank()) {
            terminal.refuse(KEY + ": missing (expected: the API key of " + whose + ", there or behind --key)");
            return 2;
        }
        try {
            return work.run();
        } catch (Refused e) {
            terminal.refuse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            terminal.refuse(hub + " does not answer (expected: a hub that runs; --hub or " + HUB + " names it): " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            terminal.refuse(interrupted);
        } catch (IllegalArgumentException e) {
            terminal.refuse(String.valueOf(e.getMessage()));
            return 2;
        }
        return 1;
    }

    /** {@code body} is JSON, null for none. */
    JsonNode call(String method, String path, @Nullable String body) throws Refused, IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json");
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode answer = json.readTree(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new Refused(answer.path("detail").asText("the hub answered " + response.statusCode()));
        }
        return answer;
    }
}
