package dev.weir.routes.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * How does one route, or template of routes, read?
 *
 * @param version 0 for the one that ships
 * @param yaml as it was written, with its comments
 * @param body what stands below {@code route} or {@code routeTemplate}
 */
record RouteText(String id, int version, boolean template, String yaml, Map<String, Object> body) {
    private static final char MARK = '@';

    RouteText at(int number) {
        return new RouteText(id, number, template, yaml, body);
    }

    String description() {
        return body.get("description") instanceof String told ? told : "";
    }

    /** Under which id it runs: two versions of a route are there at once, and only one of them is started. */
    String runtimeId() {
        return runtimeId(id, version);
    }

    static String runtimeId(String id, int version) {
        return version == 0 ? id : id + MARK + version;
    }

    static int version(String runtimeId) {
        int mark = runtimeId.lastIndexOf(MARK);
        return mark < 0 ? 0 : Integer.parseInt(runtimeId.substring(mark + 1));
    }

    /** The id that people know. */
    static String plainId(String runtimeId) {
        int mark = runtimeId.lastIndexOf(MARK);
        return mark < 0 ? runtimeId : runtimeId.substring(0, mark);
    }

    /** As Camel loads it: under its runtime id, not started, its steps without ids, which would clash with another version's. */
    String toRun() {
        Map<String, Object> own = copy(body, map -> {
            map.remove("id");
            return map;
        });
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("id", runtimeId());
        named.putAll(own);
        if (!template) {
            named.put("autoStartup", false);
        }
        return dump(template ? "routeTemplate" : "route", named);
    }

    /** As it is rehearsed: from {@code uri}, each step {@code bean} handed to the processor {@code ref.method} instead. */
    String toRehearse(String uri, Map<String, String> values) {
        Map<String, Object> from = new LinkedHashMap<>();
        from.put("uri", uri);
        from.put("steps", steps(values));
        return dump("route", new LinkedHashMap<>(Map.of("id", uri.substring(uri.indexOf(':') + 1), "from", from)));
    }

    private Object steps(Map<String, String> values) {
        Map<String, Object> from = copy(from(), map -> {
            map.remove("id");
            if (map.get("bean") instanceof Map<?, ?> bean) {
                map.remove("bean");
                map.put("process", Map.of("ref", bean.get("ref") + "." + bean.get("method")));
            }
            map.replaceAll((key, value) -> value instanceof String text ? filled(text, values) : value);
            return map;
        });
        return from.getOrDefault("steps", List.of());
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return filled;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> from() {
        return body.get("from") instanceof Map<?, ?> from ? (Map<String, Object>) from : Map.of();
    }

    String uri() {
        return String.valueOf(from().get("uri"));
    }

    /** Every {@code ref.method} that it names. */
    List<String> steps() {
        List<String> names = new ArrayList<>();
        copy(from(), map -> {
            if (map.get("bean") instanceof Map<?, ?> bean) {
                names.add(bean.get("ref") + "." + bean.get("method"));
            }
            return map;
        });
        return names;
    }

    private static String dump(String kind, Map<String, Object> content) {
        return new Dump(DumpSettings.builder().build()).dumpToString(List.of(Map.of(kind, content)));
    }

    private static Map<String, Object> copy(Map<String, Object> map, UnaryOperator<Map<String, Object>> each) {
        Map<String, Object> copied = new LinkedHashMap<>();
        map.forEach((key, value) -> copied.put(key, copyValue(value, each)));
        return each.apply(copied);
    }

    @SuppressWarnings("unchecked")
    private static Object copyValue(Object value, UnaryOperator<Map<String, Object>> each) {
        if (value instanceof Map<?, ?> map) {
            return copy((Map<String, Object>) map, each);
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(one -> copyValue(one, each)).toList())
                : value;
    }
}
