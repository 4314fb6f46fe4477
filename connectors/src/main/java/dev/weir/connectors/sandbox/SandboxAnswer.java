package dev.weir.connectors.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
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

    /** A page for a person with a browser. */
    public static SandboxAnswer html(int status, String page) {
        return new SandboxAnswer(
                status,
                Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
                page.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the browser on to {@code location}, which may carry a code: nothing on the way may keep it. */
    public static SandboxAnswer redirect(URI location) {
        return new SandboxAnswer(
                302, Map.of("Location", location.toString(), "Cache-Control", "no-store"), new byte[0]);
    }
}
