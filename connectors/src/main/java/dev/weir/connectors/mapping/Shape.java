package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must a map write, so that it can become a record? One JSON Schema (2020-12) a shape,
 * {@code mappings/schema/<name>.schema.json}; what a field should be is the description that stands there. Thread-safe.
 */
public final class Shape {
    private static final Map<String, Shape> ALL = ShapeFiles.load();

    private final String name;
    private final JsonSchema schema;
    private final Map<String, JsonNode> documents;

    Shape(String name, JsonSchema schema, Map<String, JsonNode> documents) {
        this.name = name;
        this.schema = schema;
        this.documents = documents;
    }

    /**
     * The shape that a map's output has by the map's name: {@code order} and {@code order-webhook} write an order. Empty
     * for maps that write a platform's own JSON.
     */
    public static Optional<Shape> ofMap(String map) {
        return ALL.values().stream()
                .filter(shape -> map.equals(shape.name) || map.startsWith(shape.name + "-"))
                .max(java.util.Comparator.comparingInt(shape -> shape.name.length()));
    }

    /** The shape of that name, which must ship. */
    static Shape of(String name) {
        Shape shape = ALL.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("shape: " + name + " (expected: one of " + ALL.keySet() + ")");
        }
        return shape;
    }

    /** The shape's name, such as {@code stock-level}. */
    public String name() {
        return name;
    }

    /** What is wrong with {@code written}: empty when it can be read. */
    public List<MapFault> faults(JsonNode written) {
        return faults(written, name);
    }

    /** As above, called {@code root} in what is told. */
    List<MapFault> faults(JsonNode written, String root) {
        List<MapFault> faults = new ArrayList<>();
        for (ValidationMessage message : schema.validate(written)) {
            if (!message.getType().equals("additionalProperties")) {
                faults.add(fault(message, root));
            }
        }
        return List.copyOf(faults);
    }

    /** Fields that nobody reads: misspelt, most likely. */
    public List<String> unread(JsonNode written) {
        return schema.validate(written).stream()
                .filter(message -> message.getType().equals("additionalProperties"))
                .map(message -> field(name, message.getInstanceLocation()) + "." + message.getProperty())
                .toList();
    }

    private MapFault fault(ValidationMessage message, String root) {
        String field = field(root, message.getInstanceLocation());
        JsonNode wanted = document(message).at(parent(message));
        if (!message.getType().equals("required")) {
            return new MapFault(field, message.getInstanceNode().toString(), expected(wanted));
        }
        // An alternative of a shape names fields that the shape itself describes.
        JsonNode whole = wanted.has("properties") ? wanted : document(message);
        JsonNode missing = whole.path("properties").path(message.getProperty());
        return new MapFault(field + "." + message.getProperty(), "missing", expected(missing));
    }

    private String expected(JsonNode schemaNode) {
        JsonNode referred = schemaNode.has("$ref")
                ? documents.getOrDefault(schemaNode.path("$ref").asText(), schemaNode)
                : schemaNode;
        return referred.path("description").asText("what " + name + ".schema.json says");
    }

    private JsonNode document(ValidationMessage message) {
        return java.util.Objects.requireNonNull(
                documents.get(message.getSchemaLocation().getAbsoluteIri().toString()), "document");
    }

    /** Where the schema stands whose keyword failed, as a JSON pointer. */
    private static String parent(ValidationMessage message) {
        JsonNodePath parent = message.getSchemaLocation().getFragment().getParent();
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < parent.getNameCount(); i++) {
            pointer.append('/')
                    .append(parent.getElement(i).toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String field(String root, JsonNodePath at) {
        StringBuilder field = new StringBuilder(root);
        for (int i = 0; i < at.getNameCount(); i++) {
            Object step = at.getElement(i);
            if (step instanceof Integer) {
                field.append('[').append(step).append(']');
            } else {
                field.append('.').append(step);
            }
        }
        return field.toString();
    }
}
