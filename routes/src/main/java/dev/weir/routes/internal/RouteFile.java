package dev.weir.routes.internal;

import dev.weir.routes.RouteEdits;
import dev.weir.routes.RouteEdits.Wrong;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Which routes stand in a file, and where? Only its form is judged here. */
record RouteFile(List<Item> items, List<Wrong> wrongs) {
    private static final List<String> SHIPPED = List.of(
            "webhook-intake",
            "stock-fanout",
            "stock-to-shows",
            "order-push",
            "order-poll",
            "comment-orders",
            "conversions",
            "catalogue-import",
            "housekeeping");
    private static final int MOST_ROUTES = 50;
    private static final int MOST_DEPTH = 40;

    /** A route with the place of its content. */
    record Item(RouteText text, YamlSpot body) {}

    /** Every route that ships, version 0. */
    static List<RouteText> shipped() {
        return SHIPPED.stream()
                .map(name -> read(resource(name + ".camel.yaml")))
                .flatMap(file -> file.items().stream())
                .map(Item::text)
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = RouteFile.class.getResourceAsStream("/routes/" + name)) {
            if (in == null) {
                throw new IllegalStateException("routes/" + name + ": missing (expected: part of this program)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file; what is wrong with its form is in {@code wrongs}, and then it has no items. */
    static RouteFile read(String file) {
        if (file.length() > RouteEdits.MOST_TEXT) {
            return wrong(1, "file", file.length() + " characters", RouteEdits.MOST_TEXT + " at most");
        }
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel("route file").build();
            if (isDeep(file, settings)) {
                return wrong(1, "file", "lists and maps within each other", MOST_DEPTH + " at most");
            }
            Optional<Node> root = new Compose(settings).composeString(file);
            if (root.isEmpty()) {
                return wrong(1, "file", "empty", "a list of routes");
            }
            Reading reading = new Reading(file);
            reading.list(new YamlSpot(root.get(), "file"));
            return new RouteFile(reading.wrongs.isEmpty() ? reading.items : List.of(), reading.wrongs);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            return wrong(line, "file", String.valueOf(e.getProblem()), "YAML");
        } catch (YamlEngineException e) {
            return wrong(1, "file", String.valueOf(e.getMessage()), "YAML");
        }
    }

    /** Looked at before it is composed, which would follow any depth until the stack ends. */
    private static boolean isDeep(String file, LoadSettings settings) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(file)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > MOST_DEPTH) {
                return true;
            }
        }
        return false;
    }

    private static RouteFile wrong(int line, String place, String value, String expected) {
        return new RouteFile(List.of(), List.of(new Wrong(line, place, value, expected)));
    }

    private static final class Reading {
        private final String file;
        private final List<String> lines;
        private final List<Item> items = new ArrayList<>();
        private final List<Wrong> wrongs = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();

        Reading(String file) {
            this.file = file;
            lines = file.lines().toList();
        }

        void list(YamlSpot root) {
            List<YamlSpot> entries = root.items();
            if (entries.isEmpty() || entries.size() > MOST_ROUTES) {
                bad(root, entries.isEmpty() ? root.shown() : entries.size() + " routes", "a list of 1..50 routes");
                return;
            }
            plain(root);
            for (int i = 0; i < entries.size() && wrongs.isEmpty(); i++) {
                entry(entries, i);
            }
        }

        /** Aliases would let a small file stand for an endless one. */
        private void plain(YamlSpot spot) {
            if (spot.node().getAnchor().isPresent()) {
                bad(spot, "an anchor", "no anchors");
                return;
            }
            spot.items().forEach(this::plain);
            spot.fields().values().forEach(this::plain);
        }

        private void entry(List<YamlSpot> entries, int at) {
            YamlSpot entry = entries.get(at);
            Map<String, YamlSpot> fields = entry.fields();
            YamlSpot body = fields.getOrDefault("route", fields.get("routeTemplate"));
            if (fields.size() != 1 || body == null || !body.isMap()) {
                bad(entry, String.join(", ", fields.keySet()), "one of route and routeTemplate, a map");
                return;
            }
            boolean template = fields.containsKey("routeTemplate");
            YamlSpot spot = body.named(template ? "routeTemplate" : "route");
            YamlSpot id = spot.fields().get("id");
            if (id == null || id.text() == null) {
                bad(spot, id == null ? "no id" : id.shown(), "the id of a route");
            } else if (!ids.add(id.text())) {
                bad(id.named("id"), id.text(), "each id once");
            } else {
                String yaml = slice(entries, at);
                Map<String, Object> content = content(yaml);
                if (content.isEmpty() || !content.equals(content(at))) {
                    bad(entry, "several in a line", "each route on lines of its own");
                } else {
                    items.add(new Item(new RouteText(id.text(), 0, template, yaml, content), spot));
                }
            }
        }

        private String slice(List<YamlSpot> entries, int at) {
            int begin = at == 0 ? 1 : entries.get(at).line();
            int end = at + 1 < entries.size()
                    ? Math.max(begin, entries.get(at + 1).line())
                    : lines.size() + 1;
            return lines.subList(begin - 1, end - 1).stream().collect(Collectors.joining("\n", "", "\n"));
        }

        /** Empty when the lines do not hold one route. */
        private static Map<String, Object> content(String yaml) {
            return load(yaml) instanceof List<?> list && list.size() == 1 ? content(list.getFirst()) : Map.of();
        }

        /** What the whole file says of it: what is judged and what runs must be one. */
        private Map<String, Object> content(int at) {
            return load(file) instanceof List<?> list && list.size() > at ? content(list.get(at)) : Map.of();
        }

        private static Object load(String yaml) {
            return new Load(LoadSettings.builder().build()).loadFromString(yaml);
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> content(Object one) {
            return one instanceof Map<?, ?> entry && entry.values().iterator().next() instanceof Map<?, ?> content
                    ? (Map<String, Object>) content
                    : Map.of();
        }

        private void bad(YamlSpot spot, @Nullable String value, String expected) {
            wrongs.add(new Wrong(spot.line(), spot.place(), String.valueOf(value), expected));
        }
    }
}
