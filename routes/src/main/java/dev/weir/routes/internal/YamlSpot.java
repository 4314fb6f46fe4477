package dev.weir.routes.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What stands at one place of a YAML text? {@code place} like {@code route.from.uri}. */
record YamlSpot(Node node, String place) {
    /** From 1. */
    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Null when it is not a single value. */
    @Nullable
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    /** Empty when it is not a map. */
    Map<String, YamlSpot> fields() {
        Map<String, YamlSpot> fields = new LinkedHashMap<>();
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
                fields.put(key, new YamlSpot(tuple.getValueNode(), place.isEmpty() ? key : place + "." + key));
            }
        }
        return fields;
    }

    /** Empty when it is not a list. */
    List<YamlSpot> items() {
        List<YamlSpot> items = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                items.add(new YamlSpot(list.getValue().get(i), place + "[" + i + "]"));
            }
        }
        return items;
    }

    /** The same, called something shorter. */
    YamlSpot named(String shorter) {
        return new YamlSpot(node, shorter);
    }

    /** In messages. */
    String shown() {
        String text = text();
        if (text != null) {
            return Sql.cut(text, 120);
        }
        return isMap() ? "a map" : "a list";
    }
}
