package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which field do two results have otherwise?
 *
 * @param field such as {@code lines[0].quantity}; empty for the whole
 * @param before null where it was not there
 * @param after null where it is no longer there
 */
public record Difference(
        String field, @Nullable JsonNode before, @Nullable JsonNode after) {
    private static final int MOST = 200;

    /** From {@code before} to {@code after}, field by field in their order; at most {@value #MOST}. */
    public static List<Difference> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        List<Difference> found = new ArrayList<>();
        compare(
                "",
                before == null ? MissingNode.getInstance() : before,
                after == null ? MissingNode.getInstance() : after,
                found);
        return List.copyOf(found);
    }

    private static void compare(String field, JsonNode before, JsonNode after, List<Difference> found) {
        if (found.size() == MOST || before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    compare(field.isEmpty() ? name : field + "." + name, before.path(name), after.path(name), found));
        } else if (before.isArray() && after.isArray()) {
            for (int at = 0; at < Math.max(before.size(), after.size()); at++) {
                compare(field + "[" + at + "]", before.path(at), after.path(at), found);
            }
        } else {
            found.add(new Difference(field, present(before), present(after)));
        }
    }

    private static @Nullable JsonNode present(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }

    /** {@code field: before -> after}. */
    @Override
    public String toString() {
        return field + ": " + (before == null ? "nothing" : before) + " -> " + (after == null ? "nothing" : after);
    }
}
