package dev.weir.hub.internal.web;

import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.security.Caller;
import dev.weir.routes.RouteEdits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How are routes changed? They are the house's, so only keys of the brand that keeps the house may. */
@RestController
@RequestMapping("/api/routes")
class RouteEditApi {
    private static final int MESSAGES = 20;

    private final RouteEdits edits;
    private final WeirSettings settings;

    RouteEditApi(RouteEdits edits, WeirSettings settings) {
        this.edits = edits;
        this.settings = settings;
    }

    record File(
            @Nullable String yaml,
            @Nullable String note,
            @Nullable Integer messages) {}

    @GetMapping("/{route}")
    RouteEdits.Detail one(@PathVariable String route) {
        keeper();
        return edits.find(route);
    }

    @GetMapping("/{route}/versions/{version}")
    RouteEdits.Version version(@PathVariable String route, @PathVariable int version) {
        keeper();
        return edits.version(route, version);
    }

    @PostMapping("/validate")
    Map<String, Object> validate(@RequestBody File file) {
        keeper();
        List<RouteEdits.Wrong> wrongs = edits.validate(yaml(file));
        return Map.of("ok", wrongs.isEmpty(), "wrongs", wrongs);
    }

    @PostMapping("/dry-run")
    Map<String, Object> rehearse(@RequestBody File file) {
        String brand = keeper().brand();
        int messages = file.messages() == null ? MESSAGES : Inputs.range("messages", file.messages(), 1, 100);
        return Map.of("items", edits.rehearse(brand, yaml(file), messages));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> propose(@RequestBody File file) {
        Caller caller = keeper();
        return Map.of("items", edits.propose(caller.brand(), caller.person(), yaml(file), file.note()));
    }

    @PostMapping("/{route}/versions/{version}/approve")
    RouteEdits.Version approve(@PathVariable String route, @PathVariable int version) {
        return edits.approve(keeper().person(), route, version);
    }

    @PostMapping("/{route}/versions/{version}/apply")
    RouteEdits.Standing apply(@PathVariable String route, @PathVariable int version) {
        return edits.apply(keeper().person(), route, version);
    }

    @PostMapping("/{route}/rollback")
    RouteEdits.Standing rollback(@PathVariable String route) {
        return edits.rollback(keeper().person(), route);
    }

    private static String yaml(File file) {
        return Inputs.required("yaml", file.yaml());
    }

    private Caller keeper() {
        Caller caller = Callers.current();
        if (!caller.brand().equals(settings.routesBrand())) {
            throw new AccessDeniedException("routes are changed by the brand that keeps this hub");
        }
        return caller;
    }
}
