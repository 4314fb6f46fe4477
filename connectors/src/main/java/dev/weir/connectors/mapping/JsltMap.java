package dev.weir.connectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What does one compiled map do? Nothing but turn JSON into JSON: it has no side effects, imports no files, and is bounded.
 * Immutable, thread-safe.
 */
final class JsltMap {
    /** UTF-8 bytes of a map's or a table's text. */
    static final int MOST_SOURCE = 64 * 1024;

    private static final int MOST_NODES = 100_000;
    private static final int MOST_CHARACTERS = 1024 * 1024;
    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)\\.?\\s*");
    private static final Pattern WANTED = Pattern.compile("\\s*Was expecting (?:one of)?:?\\s*");

    private final Expression expression;

    private JsltMap(Expression expression) {
        this.expression = expression;
    }

    /** Compiles {@code text}. */
    static JsltMap compile(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_SOURCE) {
            throw new BrokenMap(0, 0, bytes + " bytes", "at most " + MOST_SOURCE, null);
        }
        try {
            return new JsltMap(new Parser(new StringReader(text))
                    .withFunctions(List.of(new TableFunction()))
                    .withResourceResolver(JsltMap::noImport)
                    .compile());
        } catch (JsltException e) {
            throw broken(e);
        } catch (StackOverflowError e) {
            throw new BrokenMap(0, 0, "nested too deep", "JSLT that compiles", e);
        }
    }

    private static java.io.Reader noImport(String path) {
        throw new JsltException("import of " + path + ": maps import no files");
    }

    /** Applies the map; {@code tables} are those that it may look into. JsltException says why it cannot. */
    JsonNode apply(JsonNode input, Tables tables) {
        JsonNode written;
        try {
            written = ScopedValue.where(TableFunction.TABLES, tables).call(() -> expression.apply(input));
        } catch (StackOverflowError e) {
            throw new JsltException("it calls itself without end", e);
        }
        new Measure().take(written);
        return written;
    }

    private static BrokenMap broken(JsltException e) {
        String said = e.getMessageWithoutLocation();
        int line = Math.max(0, e.getLine());
        int column = Math.max(0, e.getColumn());
        Matcher place = PLACE.matcher(said);
        if (place.find()) {
            line = Integer.parseInt(place.group(1));
            column = Integer.parseInt(place.group(2));
        }
        String[] parts = WANTED.split(place.replaceFirst("").replaceFirst("^Parse error: ", ""), 2);
        String expected = parts.length == 1
                ? "JSLT that compiles"
                : "one of " + parts[1].replace(" ...", "").strip().replaceAll("\\s+", " ");
        return new BrokenMap(line, column, parts[0].strip(), expected, e);
    }

    /** Counts what was written. */
    private static final class Measure {
        private int nodes;
        private int characters;

        void take(JsonNode node) {
            nodes++;
            characters += node.isTextual() ? node.textValue().length() : 0;
            if (nodes > MOST_NODES || characters > MOST_CHARACTERS) {
                throw new JsltException(
                        "it writes more than " + MOST_NODES + " values or " + MOST_CHARACTERS + " characters of text");
            }
            node.forEach(this::take);
        }
    }
}
