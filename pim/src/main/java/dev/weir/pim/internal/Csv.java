package dev.weir.pim.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * What do the rows of a CSV say (RFC 4180)? The first names the fields; each later one is an object of texts. Fields are
 * parted by whichever of comma, semicolon and tab the first row has first. At most {@value #MOST} rows.
 */
final class Csv {
    private static final int MOST = 200_000;

    private final String text;
    private final char separator;
    private int at;

    private Csv(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.separator = separator(this.text);
    }

    static List<ObjectNode> read(String text) {
        return new Csv(text).objects();
    }

    private List<ObjectNode> objects() {
        List<String> names = row();
        List<ObjectNode> objects = new ArrayList<>();
        for (int number = 2; at < text.length(); number++) {
            List<String> fields = row();
            if (fields.size() == 1 && fields.getFirst().isEmpty()) {
                continue;
            }
            if (fields.size() != names.size()) {
                throw refused("row " + number + ": " + fields.size() + " fields (expected: " + names.size() + ")");
            }
            if (objects.size() == MOST) {
                throw refused("row " + number + ": over the limit (expected: at most " + MOST + " rows)");
            }
            ObjectNode object = PimClient.JSON.createObjectNode();
            for (int i = 0; i < names.size(); i++) {
                object.put(names.get(i), fields.get(i));
            }
            objects.add(object);
        }
        return objects;
    }

    private List<String> row() {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (at >= text.length()) {
                return fields;
            }
            char end = text.charAt(at++);
            if (end == '\n') {
                return fields;
            }
            if (end != separator) {
                throw refused("character " + at + ": " + end + " behind a quoted field (expected: " + separator + ")");
            }
        }
    }

    private String plain() {
        int from = at;
        while (at < text.length() && text.charAt(at) != separator && text.charAt(at) != '\n') {
            at++;
        }
        String field = text.substring(from, at);
        return field.endsWith("\r") ? field.substring(0, field.length() - 1) : field;
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '"') {
                field.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                field.append(c);
                at++;
            } else {
                at += at + 1 < text.length() && text.charAt(at + 1) == '\r' ? 2 : 1;
                return field.toString();
            }
        }
        throw refused("character " + at + ": the end (expected: a closing quote)");
    }

    private static char separator(String text) {
        for (int i = 0; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (",;\t".indexOf(text.charAt(i)) >= 0) {
                return text.charAt(i);
            }
        }
        return ',';
    }

    private static ChannelException refused(String what) {
        return new ChannelException(Fault.REJECTED, "CSV, " + what);
    }
}
