package dev.weir.routes.internal;

import dev.weir.routes.RouteEdits.Wrong;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which settings of a route may be changed, within which bounds? The others are as they ship: topic, group, where a reader begins. */
final class RouteSettings {
    private static final Map<String, Range> TYPED = Map.of(
            "period", new Range(100, 3_600_000, "milliseconds"),
            "delay", new Range(0, 3_600_000, "milliseconds"),
            "maxPollRecords", new Range(1, 5_000, "messages"),
            "consumersCount", new Range(1, 100, "consumers"),
            "pollTimeoutMs", new Range(50, 2_000, "milliseconds"));

    private final List<Wrong> wrongs;

    RouteSettings(List<Wrong> wrongs) {
        this.wrongs = wrongs;
    }

    private record Range(long least, long most, String unit) {
        boolean holds(String text) {
            return text.matches("\\d{1,9}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most;
        }

        @Override
        public String toString() {
            return least + ".." + most + " " + unit;
        }
    }

    /** The parameters of {@code from}. */
    void of(YamlSpot from, @Nullable YamlSpot given, RouteText known) {
        Map<String, String> ships = texts(known.from().get("parameters"));
        Map<String, YamlSpot> fields = given == null ? Map.of() : given.fields();
        fields.forEach((name, value) -> one(name, value, ships));
        Set<String> missing = new HashSet<>(ships.keySet());
        missing.removeAll(fields.keySet());
        missing.removeIf(TYPED::containsKey);
        missing.forEach(name -> wrongs.add(new Wrong(
                from.line(), from.place() + ".parameters." + name, "missing", String.valueOf(ships.get(name)))));
    }

    private void one(String name, YamlSpot value, Map<String, String> ships) {
        String text = String.valueOf(value.text());
        Range range = TYPED.get(name);
        String standard = ships.get(name);
        if (text.equals(standard)) {
            return;
        }
        if (standard == null) {
            wrongs.add(new Wrong(value.line(), value.place(), name, "one of " + ships.keySet()));
        } else if (range == null || !range.holds(text)) {
            wrongs.add(new Wrong(
                    value.line(), value.place(), value.shown(), range == null ? standard : range + ", or " + standard));
        }
    }

    /** The parameters of a template: named as they ship, with defaults of the same bounds. */
    void parameters(YamlSpot body, @Nullable YamlSpot given, RouteText known) {
        Map<String, String> ships = new LinkedHashMap<>();
        if (known.body().get("parameters") instanceof List<?> list) {
            list.forEach(one -> {
                Map<String, String> texts = texts(one);
                ships.put(texts.getOrDefault("name", ""), texts.getOrDefault("defaultValue", "none"));
            });
        }
        Set<String> missing = new HashSet<>(ships.keySet());
        for (YamlSpot parameter : given == null ? List.<YamlSpot>of() : given.items()) {
            Map<String, YamlSpot> fields = parameter.fields();
            YamlSpot name = fields.get("name");
            String called = name == null ? "" : String.valueOf(name.text());
            missing.remove(called);
            if (!ships.containsKey(called)
                    || !Set.of("name", "defaultValue", "description").containsAll(fields.keySet())) {
                wrongs.add(new Wrong(
                        parameter.line(),
                        parameter.place(),
                        called,
                        "name and defaultValue of one of " + ships.keySet()));
                continue;
            }
            YamlSpot description = fields.get("description");
            if (description != null) {
                RouteExpressions.plain(description, wrongs);
            }
            YamlSpot standard = fields.get("defaultValue");
            if (standard != null || !"none".equals(ships.get(called))) {
                one(called, standard == null ? parameter : standard, ships);
            }
        }
        missing.forEach(name -> wrongs.add(
                new Wrong(body.line(), body.place() + ".parameters", "no " + name, "every one of " + ships.keySet())));
    }

    private static Map<String, String> texts(@Nullable Object map) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }
}
