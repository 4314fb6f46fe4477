package dev.weir.connectors.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What does the stand-in answer? */
public record SandboxAnswer(int status, Map<String, String> headers, byte[] body) {
    /** {@code json} with {@code status}. */
    public static SandboxAnswer json(int status, JsonNode json) {
        return new SandboxAnswer(
                status,
                Map.of("Content-Type", "application/json"),
                json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
