package dev.weir.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Is an event what {@code docs/events} says of it? Stricter than consumers are to be: a field that is not described is a fault too. */
final class EventSchemas {
    static final Path FOLDER = Path.of("..", "docs", "events");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V7);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();
    private static final JsonNode COMMON = tree("common");

    private EventSchemas() {}

    /** What is wrong with the event; empty when nothing is. */
    static List<String> faults(String text) {
        JsonNode event = parse(text);
        String type = event.path("type").asText();
        if (!Files.exists(file(type))) {
            return List.of("type: " + type + " (expected: one with a schema)");
        }
        List<String> faults = new ArrayList<>();
        SCHEMAS.computeIfAbsent(type, EventSchemas::schema).validate(event).forEach(m -> faults.add(m.getMessage()));
        undescribed(event, COMMON.at("/definitions/envelope"), "event", faults);
        undescribed(event.path("data"), tree(type).at("/properties/data"), "data", faults);
        return faults;
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void undescribed(JsonNode value, JsonNode schema, String at, List<String> faults) {
        JsonNode described = schema.has("$ref")
                ? COMMON.at(schema.path("$ref").asText().replace("common.schema.json#", ""))
                : schema;
        if (value.isArray()) {
            value.forEach(item -> undescribed(item, described.path("items"), at + "[]", faults));
        } else if (value.isObject() && described.has("properties")) {
            value.properties().forEach(field -> {
                JsonNode known = described.path("properties").path(field.getKey());
                if (known.isMissingNode()) {
                    faults.add(at + "." + field.getKey() + " is not described");
                } else {
                    undescribed(field.getValue(), known, at + "." + field.getKey(), faults);
                }
            });
        }
    }

    private static JsonSchema schema(String type) {
        return FACTORY.getSchema(SchemaLocation.of(file(type).toUri().toString()), STRICT);
    }

    private static JsonNode tree(String name) {
        try {
            return parse(Files.readString(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return FOLDER.resolve(name + ".schema.json").toAbsolutePath().normalize();
    }
}
