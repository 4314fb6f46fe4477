package dev.weir.routes.internal;

import dev.weir.routes.RouteEdits.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What does a route look like, without its YAML? */
final class RouteModel {
    private RouteModel() {}

    static Step of(RouteText text) {
        return new Step("from", text.uri(), steps(text.from().get("steps")));
    }

    private static List<Step> steps(@org.jspecify.annotations.Nullable Object list) {
        List<Step> steps = new ArrayList<>();
        if (list instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> one) {
                    one.forEach((kind, content) -> steps.add(step(String.valueOf(kind), content)));
                }
            }
        }
        return steps;
    }

    private static Step step(String kind, Object content) {
        if (!(content instanceof Map<?, ?> fields)) {
            return new Step(kind, String.valueOf(content), List.of());
        }
        return switch (kind) {
            case "bean" -> new Step(kind, fields.get("ref") + "." + fields.get("method"), List.of());
            case "setHeader" -> new Step(kind, fields.get("name") + " = " + says(fields), List.of());
            case "choice" -> new Step(kind, "", branches(fields));
            default -> new Step(kind, says(fields), steps(fields.get("steps")));
        };
    }

    private static List<Step> branches(Map<?, ?> choice) {
        List<Step> branches = new ArrayList<>();
        if (choice.get("when") instanceof List<?> list) {
            list.forEach(one -> branches.add(step("when", one)));
        }
        if (choice.get("otherwise") instanceof Map<?, ?> otherwise) {
            branches.add(step("otherwise", otherwise));
        }
        return branches;
    }

    private static String says(Map<?, ?> fields) {
        for (String name : List.of("simple", "constant", "message")) {
            Object text = fields.get(name);
            if (text != null) {
                return text.toString();
            }
        }
        return "";
    }
}
