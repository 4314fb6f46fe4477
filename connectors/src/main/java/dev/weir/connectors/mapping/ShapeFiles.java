package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.weir.connectors.Sku;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where do the shapes come from? The schema files on the class path, with formats as strict as the records themselves. */
final class ShapeFiles {
    private static final List<String> NAMES =
            List.of("money", "order-line", "order", "listing", "refund", "stock-level", "shipment", "statement");

    private ShapeFiles() {}

    static Map<String, Shape> load() {
        Map<String, JsonNode> documents = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (String name : NAMES) {
            String text = text(name);
            texts.put("urn:weir:" + name, text);
            documents.put("urn:weir:" + name, tree(name, text));
        }
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012, builder -> builder.metaSchema(words()).schemaLoaders(l -> l.schemas(texts)));
        SchemaValidatorsConfig strict =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String name : NAMES) {
            shapes.put(
                    name, new Shape(name, factory.getSchema(SchemaLocation.of("urn:weir:" + name), strict), documents));
        }
        return shapes;
    }

    private static JsonMetaSchema words() {
        return JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .format(readable("currency", Currency::getInstance))
                .format(readable("sku", Sku::new))
                .format(readable("address", URI::create))
                .format(readable("instant", text -> Canonical.JSON.convertValue(text, Instant.class)))
                .build();
    }

    /** A text has the format when {@code reader} takes it. */
    private static Format readable(String name, Consumer<String> reader) {
        return new Format() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public boolean matches(ExecutionContext context, String value) {
                try {
                    reader.accept(value);
                    return true;
                } catch (IllegalArgumentException e) {
                    return false;
                }
            }
        };
    }

    private static JsonNode tree(String name, String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".schema.json is not JSON", e);
        }
    }

    private static String text(String name) {
        try (InputStream in = ShapeFiles.class.getResourceAsStream("/mappings/schema/" + name + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("mappings/schema/" + name + ".schema.json is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".schema.json cannot be read", e);
        }
    }
}
