package dev.weir.hub.internal.web;

import dev.weir.routes.CatalogueImport;
import dev.weir.routes.CatalogueImport.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What does an operator see of a catalogue on its way? */
final class CatalogueViews {
    private CatalogueViews() {}

    /** How far each direction has come, under {@code in} and {@code out}; those that never began are left out. */
    static Map<String, Object> progress(List<CatalogueImport.Progress> runs) {
        Map<String, Object> directions = new LinkedHashMap<>();
        for (CatalogueImport.Progress run : runs) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("done", run.isDone());
            view.put("seen", run.seen());
            view.put("taken", run.taken());
            view.put("leftOut", run.leftOut());
            view.put("fresh", run.fresh());
            view.put("since", run.began());
            view.put("movedAt", run.moved());
            view.put("endedAt", run.ended());
            view.put("trouble", run.trouble());
            directions.put(run.direction().name().toLowerCase(Locale.ROOT), view);
        }
        return directions;
    }

    static List<Map<String, Object>> refusals(List<CatalogueImport.Refusal> refusals) {
        return refusals.stream()
                .map(refusal -> Map.<String, Object>of(
                        "sku", refusal.sku().value(), "reason", refusal.reason(), "at", refusal.at()))
                .toList();
    }

    static Map<String, Object> standing(Standing standing) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("since", standing.since());
        view.put(
                "state",
                switch (standing) {
                    case Standing.Waiting _ -> "WAITING";
                    case Standing.Running _ -> "RUNNING";
                    case Standing.Done done -> {
                        view.put("report", done.report());
                        yield "DONE";
                    }
                    case Standing.Failed failed -> {
                        view.put("reason", failed.reason());
                        yield "FAILED";
                    }
                });
        return view;
    }
}
