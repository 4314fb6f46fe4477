package dev.weir.hub.internal.connections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.hub.internal.security.SecretBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How do settings lie in a column? As JSON, sealed when they may hold secrets. */
final class SealedMap {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretBox box;

    SealedMap(SecretBox box) {
        this.box = box;
    }

    byte[] seal(Map<String, String> settings) {
        return box.seal(json(settings).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Map<String, String> open(String whose, byte[] sealed) {
        try {
            return JSON.readValue(box.open(sealed), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("Settings of " + whose + " cannot be read", e);
        }
    }

    static String instants(Map<String, Instant> instants) {
        Map<String, String> texts = new LinkedHashMap<>();
        instants.forEach((name, at) -> texts.put(name, at.toString()));
        return json(texts);
    }

    static Map<String, Instant> instants(String json) {
        try {
            Map<String, Instant> instants = new LinkedHashMap<>();
            JSON.readValue(json, new TypeReference<Map<String, String>>() {})
                    .forEach((name, at) -> instants.put(name, Instant.parse(at)));
            return instants;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rotating: " + json + " (expected: instants by setting)", e);
        }
    }

    private static String json(Map<String, String> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings are plain text", e);
        }
    }
}
