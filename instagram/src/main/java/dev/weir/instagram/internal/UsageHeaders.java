package dev.weir.instagram.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.http.HttpAnswer;
import java.time.Duration;

/**
 * How long does Meta want to be left alone? It sends no Retry-After: the use-case header names minutes in an object of arrays,
 * the ad-account header seconds. Stateless.
 */
final class UsageHeaders {
    /** Where nothing is named: windows are a minute at the shortest, and asking sooner counts against us. */
    static final Duration LEAST = Duration.ofMinutes(1);

    private static final Duration MOST = Duration.ofDays(1);

    private UsageHeaders() {}

    /** The longest wait that any header names, at least a minute and at most a day. */
    static Duration regain(HttpAnswer answer) {
        long minutes = 0;
        for (JsonNode uses : header(answer, "x-business-use-case-usage")) {
            for (JsonNode use : uses) {
                minutes = Math.max(
                        minutes, use.path("estimated_time_to_regain_access").asLong());
            }
        }
        long seconds =
                header(answer, "x-ad-account-usage").path("reset_time_duration").asLong();
        return bounded(Math.max(Math.min(minutes, MOST.toMinutes()) * 60, seconds));
    }

    private static Duration bounded(long seconds) {
        return Duration.ofSeconds(Math.clamp(seconds, LEAST.toSeconds(), MOST.toSeconds()));
    }

    /** The header as JSON; an empty object where it is missing or malformed. */
    private static JsonNode header(HttpAnswer answer, String name) {
        String text = answer.header(name);
        try {
            return text == null ? GraphClient.JSON.createObjectNode() : GraphClient.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return GraphClient.JSON.createObjectNode();
        }
    }
}
