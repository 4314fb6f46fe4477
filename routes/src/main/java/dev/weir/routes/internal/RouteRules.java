package dev.weir.routes.internal;

import dev.weir.routes.RouteEdits.Wrong;
import dev.weir.routes.internal.RouteExpressions.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What may a route be made of? Whatever is not named here is refused: where a route begins is as it ships, its settings are typed, and it
 * goes nowhere but through our own steps. There is no {@code to}, no component to reach files, programs or addresses with, no bean
 * but the steps, and no language that could call one.
 */
final class RouteRules {
    private final Map<String, RouteText> shipped;

    /** Of the routes that ship: a change may use every step that one of them with the same source uses. */
    RouteRules(Map<String, RouteText> shipped) {
        this.shipped = shipped;
    }

    /** A step reads what its source says: behind another one it would fail with each message. */
    private Set<String> allowed(RouteText known) {
        return shipped.values().stream()
                .filter(route -> source(route).equals(source(known)))
                .flatMap(route -> route.steps().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String source(RouteText route) {
        String uri = route.uri();
        return (uri.startsWith("timer:") ? "timer" : uri) + (route.template() ? " of a connection" : "");
    }

    /** What is wrong, in order of its lines. */
    List<Wrong> check(RouteFile.Item item) {
        List<Wrong> wrongs = new ArrayList<>();
        RouteText known = shipped.get(item.text().id());
        if (known == null || known.template() != item.text().template()) {
            wrongs.add(new Wrong(
                    item.body().line(), item.body().place() + ".id", item.text().id(), "one of " + kin(item.text())));
        } else {
            new Check(known, wrongs).route(item.body());
        }
        wrongs.sort(Comparator.comparingInt(Wrong::line));
        return wrongs;
    }

    private List<String> kin(RouteText text) {
        return shipped.values().stream()
                .filter(known -> known.template() == text.template())
                .map(RouteText::id)
                .sorted()
                .toList();
    }

    private final class Check {
        private final RouteText known;
        private final List<Wrong> wrongs;

        Check(RouteText known, List<Wrong> wrongs) {
            this.known = known;
            this.wrongs = wrongs;
        }

        void route(YamlSpot body) {
            Map<String, YamlSpot> fields = fields(
                    body,
                    known.template()
                            ? Set.of("id", "description", "parameters", "from")
                            : Set.of("id", "description", "from"));
            YamlSpot from = fields.get("from");
            if (from == null) {
                bad(body, "no from", "from: as the route that ships");
                return;
            }
            if (known.template()) {
                new RouteSettings(wrongs).parameters(body, fields.get("parameters"), known);
            }
            Map<String, YamlSpot> inside = fields(from, Set.of("uri", "parameters", "steps"));
            YamlSpot uri = inside.get("uri");
            if (uri == null || !known.uri().equals(uri.text())) {
                bad(uri == null ? from : uri, uri == null ? "no uri" : uri.shown(), known.uri());
            }
            new RouteSettings(wrongs).of(from, inside.get("parameters"), known);
            steps(from, inside.get("steps"));
        }

        private void steps(YamlSpot owner, @org.jspecify.annotations.Nullable YamlSpot list) {
            if (list == null || !list.isList() || list.items().isEmpty()) {
                bad(list == null ? owner : list, list == null ? "no steps" : list.shown(), "a list of steps");
                return;
            }
            list.items().forEach(this::step);
        }

        private void step(YamlSpot step) {
            Map<String, YamlSpot> fields = step.fields();
            if (fields.size() != 1) {
                bad(step, step.shown(), "one of bean, setHeader, setBody, filter, choice, log and stop");
                return;
            }
            Map.Entry<String, YamlSpot> only = fields.entrySet().iterator().next();
            YamlSpot content = only.getValue();
            switch (only.getKey()) {
                case "bean" -> bean(content);
                case "setHeader" -> header(content);
                case "setBody" -> expression(content, fields(content, EXPRESSION), Use.VALUE);
                case "filter" -> filter(content);
                case "choice" -> choice(content);
                case "log" -> log(content);
                case "stop" -> fields(content, Set.of("id", "description"));
                default ->
                    bad(
                            content,
                            only.getKey(),
                            "one of bean, setHeader, setBody, filter, choice, log and stop: a route goes nowhere but"
                                    + " through the steps of this program");
            }
        }

        private void bean(YamlSpot bean) {
            Map<String, YamlSpot> fields = fields(bean, Set.of("id", "description", "ref", "method"));
            String step = text(fields, "ref") + "." + text(fields, "method");
            Set<String> allowed = allowed(known);
            if (!allowed.contains(step)) {
                bad(bean, step, "one of " + allowed);
            }
        }

        private void header(YamlSpot header) {
            Map<String, YamlSpot> fields = fields(header, Set.of("id", "description", "name", "constant", "simple"));
            String name = text(fields, "name");
            boolean ours = name.equals("weirConnection");
            if (!name.matches("[a-z][\\w-]{0,60}") || name.startsWith("kafka") || name.startsWith("camel")) {
                bad(header, name, "a name of letters that begins small, not with kafka or camel");
            } else if (ours && !text(fields, "constant").equals("{{connectionId}}")) {
                bad(header, text(fields, "constant"), "{{connectionId}}: a route works for its own connection");
            }
            expression(header, fields, Use.VALUE);
        }

        private void filter(YamlSpot filter) {
            Map<String, YamlSpot> fields = fields(filter, FILTER);
            expression(filter, fields, Use.CONDITION);
            steps(filter, fields.get("steps"));
        }

        private void choice(YamlSpot choice) {
            Map<String, YamlSpot> fields = fields(choice, Set.of("id", "description", "when", "otherwise"));
            YamlSpot when = fields.get("when");
            if (when == null || !when.isList()) {
                bad(choice, when == null ? "no when" : when.shown(), "when: a list");
            } else {
                when.items().forEach(this::filter);
            }
            YamlSpot otherwise = fields.get("otherwise");
            if (otherwise != null) {
                steps(
                        otherwise,
                        fields(otherwise, Set.of("id", "description", "steps")).get("steps"));
            }
        }

        /** A log is read by many: it must not carry a buyer's data. */
        private void log(YamlSpot log) {
            if (log.text() != null) {
                RouteExpressions.check(log, Use.LOG, wrongs);
                return;
            }
            Map<String, YamlSpot> fields = fields(log, Set.of("id", "description", "message", "loggingLevel"));
            RouteExpressions.check(fields.getOrDefault("message", log), Use.LOG, wrongs);
            YamlSpot level = fields.get("loggingLevel");
            if (level != null && !LEVELS.contains(String.valueOf(level.text()))) {
                bad(level, level.shown(), "one of " + LEVELS);
            }
        }

        private void expression(YamlSpot owner, Map<String, YamlSpot> fields, Use use) {
            List<YamlSpot> given = fields.entrySet().stream()
                    .filter(field ->
                            field.getKey().equals("constant") || field.getKey().equals("simple"))
                    .map(Map.Entry::getValue)
                    .toList();
            if (given.size() != 1) {
                bad(owner, given.size() + " expressions", "one of constant and simple");
            } else {
                RouteExpressions.check(given.getFirst(), fields.containsKey("simple") ? use : Use.VALUE, wrongs);
            }
        }

        private Map<String, YamlSpot> fields(YamlSpot spot, Set<String> allowed) {
            if (!spot.isMap()) {
                bad(spot, spot.shown(), "a map of " + new TreeSet<>(allowed));
                return Map.of();
            }
            Map<String, YamlSpot> fields = spot.fields();
            fields.forEach((name, value) -> {
                if (!allowed.contains(name)) {
                    bad(value, name, "one of " + new TreeSet<>(allowed));
                } else if (name.equals("id") || name.equals("description")) {
                    RouteExpressions.plain(value, wrongs);
                }
            });
            return fields;
        }

        private static String text(Map<String, YamlSpot> fields, String name) {
            YamlSpot spot = fields.get(name);
            String text = spot == null ? null : spot.text();
            return text == null ? "" : text;
        }

        private void bad(YamlSpot spot, String value, String expected) {
            wrongs.add(new Wrong(spot.line(), spot.place(), value, expected));
        }
    }

    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
    private static final Set<String> EXPRESSION = Set.of("id", "description", "constant", "simple");
    private static final Set<String> FILTER = Set.of("id", "description", "constant", "simple", "steps");
}
