package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What does a GraphQL document ask for? Reads one operation with its fragments (spec.graphql.org, October 2021, without
 * subscriptions and block strings), its variables put in place. Not thread-safe; one use.
 */
final class GraphQl {
    private static final Pattern TOKEN = Pattern.compile(
            "[\\s,]+|#[^\\n]*|(\\.\\.\\.|[_A-Za-z][_0-9A-Za-z]*|-?[0-9]+(?:\\.[0-9]+)?|\"(?:[^\"\\\\]|\\\\.)*\"|[{}()\\[\\]:!$@=|&])");

    private final List<String> tokens = new ArrayList<>();
    private final JsonNode variables;
    private final Map<String, List<Selection>> fragments = new LinkedHashMap<>();
    private int at;

    private GraphQl(String text, JsonNode variables) {
        this.variables = variables;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            if (matcher.group(1) != null) {
                tokens.add(matcher.group(1));
            }
            end = matcher.end();
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("syntax error at character " + end);
        }
    }

    /** The operation of {@code text}; throws IllegalArgumentException where it is not GraphQL. */
    static Operation read(String text, JsonNode variables) {
        return new GraphQl(text, variables).document();
    }

    private Operation document() {
        String type = "query";
        List<Selection> roots = List.of();
        while (at < tokens.size()) {
            if (peek("fragment")) {
                fragment();
            } else {
                if (!peek("{")) {
                    type = next();
                    skipHeader();
                }
                roots = selections();
            }
        }
        return new Operation(type, spread(roots));
    }

    private void fragment() {
        expect("fragment");
        String name = next();
        expect("on");
        next();
        fragments.put(name, selections());
    }

    private void skipHeader() {
        while (!peek("{")) {
            if (peek("(")) {
                skipBrackets();
            } else {
                next();
            }
        }
    }

    private void skipBrackets() {
        while (!next().equals(")")) {}
    }

    private List<Selection> selections() {
        List<Selection> found = new ArrayList<>();
        expect("{");
        while (!peek("}")) {
            found.add(peek("...") ? spreadOrInline() : field());
        }
        expect("}");
        return found;
    }

    private Selection spreadOrInline() {
        expect("...");
        if (peek("on")) {
            next();
            next();
            return new Selection("...", Map.of(), Map.of(), selections());
        }
        return new Selection("..." + next(), Map.of(), Map.of(), List.of());
    }

    private Selection field() {
        String name = next();
        if (peek(":")) {
            expect(":");
            name = next();
        }
        Map<String, JsonNode> arguments = peek("(") ? arguments() : Map.of();
        Map<String, Map<String, JsonNode>> directives = new LinkedHashMap<>();
        while (peek("@")) {
            expect("@");
            directives.put(next(), peek("(") ? arguments() : Map.of());
        }
        return new Selection(name, arguments, directives, peek("{") ? selections() : List.of());
    }

    private Map<String, JsonNode> arguments() {
        Map<String, JsonNode> arguments = new LinkedHashMap<>();
        expect("(");
        while (!peek(")")) {
            String name = next();
            expect(":");
            JsonNode value = value();
            if (!value.isMissingNode()) {
                arguments.put(name, value);
            }
        }
        expect(")");
        return arguments;
    }

    private JsonNode value() {
        String token = next();
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (token) {
            case "$" -> variables.path(next());
            case "[" -> list();
            case "{" -> object();
            case "true", "false" -> json.booleanNode(token.equals("true"));
            case "null" -> NullNode.getInstance();
            default -> {
                char first = token.charAt(0);
                if (first == '"') {
                    yield json.textNode(token.substring(1, token.length() - 1).replace("\\\"", "\""));
                }
                yield Character.isDigit(first) || first == '-'
                        ? json.numberNode(new java.math.BigDecimal(token))
                        : json.textNode(token);
            }
        };
    }

    private JsonNode list() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        while (!peek("]")) {
            list.add(value());
        }
        expect("]");
        return list;
    }

    private JsonNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (!peek("}")) {
            String name = next();
            expect(":");
            object.set(name, value());
        }
        expect("}");
        return object;
    }

    /** Puts fragments in the place of their names. */
    private List<Selection> spread(List<Selection> selections) {
        List<Selection> flat = new ArrayList<>();
        for (Selection selection : selections) {
            if (selection.name().equals("...")) {
                flat.addAll(spread(selection.children()));
            } else if (selection.name().startsWith("...")) {
                flat.addAll(spread(fragments.getOrDefault(selection.name().substring(3), List.of())));
            } else {
                flat.add(new Selection(
                        selection.name(), selection.arguments(), selection.directives(), spread(selection.children())));
            }
        }
        return flat;
    }

    private boolean peek(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private void expect(String token) {
        if (!next().equals(token)) {
            throw new IllegalArgumentException("syntax error, expected " + token + " at token " + (at - 1));
        }
    }

    private String next() {
        if (at >= tokens.size()) {
            throw new IllegalArgumentException("syntax error, unexpected end of document");
        }
        return tokens.get(at++);
    }

    /** {@code query} or {@code mutation}, and its root fields. */
    record Operation(String type, List<Selection> roots) {}

    /** One field asked for. */
    record Selection(
            String name,
            Map<String, JsonNode> arguments,
            Map<String, Map<String, JsonNode>> directives,
            List<Selection> children) {
        JsonNode argument(String argument) {
            return arguments.getOrDefault(argument, com.fasterxml.jackson.databind.node.MissingNode.getInstance());
        }
    }
}
