package dev.weir.hub.internal.web;

import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.audit.Act;
import dev.weir.hub.internal.audit.Audit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who of the caller's brand did what when. */
@RestController
class AuditApi {
    private static final int LONGEST_TEXT = 100;

    private final Audit audit;
    private final WeirSettings settings;

    AuditApi(Audit audit, WeirSettings settings) {
        this.audit = audit;
        this.settings = settings;
    }

    @GetMapping("/api/audit")
    Map<String, Object> list(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String act,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = "50") int limit) {
        String brand = Callers.current().brand();
        Audit.Page page = audit.list(
                new Audit.Wanted(
                        brand,
                        brand.equals(settings.routesBrand()),
                        isBlank(act) ? null : act(act),
                        isBlank(q) ? null : Inputs.text("q", q, LONGEST_TEXT)),
                isBlank(after) ? null : after,
                Inputs.range("limit", limit, 1, Audit.MOST));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("items", page.items());
        view.put("nextCursor", page.next());
        view.put("acts", Act.values());
        return view;
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }

    private static Act act(@Nullable String name) {
        try {
            return Act.valueOf(Inputs.text("act", name, 40));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("act: " + name + " (expected: one of " + List.of(Act.values()) + ")", e);
        }
    }
}
