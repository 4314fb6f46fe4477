package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.shopify.internal.sandbox.GraphQl.Selection;
import java.util.List;
import java.util.Set;

/** What may a query cost, and which of an object's fields does it get? Calculated query cost: shopify.dev/docs/api/usage/limits. */
final class QueryRules {
    private static final Set<String> CONNECTIONS = Set.of(
            "productVariants",
            "orders",
            "lineItems",
            "products",
            "variants",
            "fulfillmentOrders",
            "fulfillments",
            "trackingInfo",
            "refunds",
            "webhookSubscriptions",
            "bulkOperations");

    private QueryRules() {}

    /** Objects count 1, scalars nothing, connections as often as they may repeat, mutations 10. */
    static double cost(GraphQl.Operation operation) {
        double sum = operation.type().equals("mutation") ? 10 : 0;
        for (Selection root : operation.roots()) {
            sum += cost(root);
        }
        return sum;
    }

    private static double cost(Selection selection) {
        if (selection.children().isEmpty()) {
            return 0;
        }
        double children = 0;
        for (Selection child : selection.children()) {
            children += cost(child);
        }
        if (CONNECTIONS.contains(selection.name())) {
            JsonNode first = selection.argument("first");
            if (!first.isNumber()) {
                throw new GraphQlFailure("BAD_REQUEST", "you must provide one of first or last");
            }
            return Math.max(1, first.asInt() * Math.max(1, isList(selection) ? 1 + children : children));
        }
        int times = Math.max(
                1,
                Math.max(
                        selection.argument("ids").size(),
                        selection.argument("names").size()));
        return switch (selection.name()) {
            case "edges" -> children;
            case "pageInfo", "shopMoney", "userErrors", "orderCancelUserErrors" -> 0;
            default -> times * (1 + children);
        };
    }

    /** A plain list of objects, which has no nodes in between. */
    private static boolean isList(Selection selection) {
        return selection.children().stream()
                .noneMatch(child -> child.name().equals("nodes") || child.name().equals("edges"));
    }

    /** What was selected of {@code whole}; a field that the schema does not have fails the query. */
    static JsonNode project(JsonNode whole, List<Selection> selections) {
        if (whole.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            whole.forEach(each -> list.add(project(each, selections)));
            return list;
        }
        if (!whole.isObject() || (whole.isEmpty() && selections.isEmpty())) {
            return whole;
        }
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        for (Selection selection : selections) {
            JsonNode value = whole.get(selection.name());
            if (value == null) {
                throw new GraphQlFailure("undefinedField", "Field '" + selection.name() + "' doesn't exist");
            }
            if (value.isContainerNode()
                    && !value.isEmpty()
                    && selection.children().isEmpty()
                    && !isScalarList(value)) {
                throw new GraphQlFailure("selectionMismatch", "Field '" + selection.name() + "' must have selections");
            }
            part.set(selection.name(), project(value, selection.children()));
        }
        return part;
    }

    private static boolean isScalarList(JsonNode value) {
        return value.isArray() && value.path(0).isValueNode();
    }
}
